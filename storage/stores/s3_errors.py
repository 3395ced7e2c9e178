"""What an S3 store's errors mean for the person who has to do something about them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from botocore import exceptions as boto
from botocore.exceptions import ClientError
from urllib3.exceptions import HTTPError

from assets.errors import StoreError

_NO_SUCH_REQUEST = 501
_DENIED = (
    "the credentials may not do this; they need s3:ListBucket, s3:GetObject, s3:PutObject, s3:AbortMultipartUpload,"
    " s3:ListMultipartUploadParts and s3:ListBucketMultipartUploads"
)
_CHECKSUM = 'the store does not take the checksums that are sent; set checksum = "when_required" for it'
_DAMAGED = "the bytes were damaged on their way and the store refused them; deliver again"
_SLOW = "the store is overloaded and said so after several tries; deliver again later"
_REGION = "the bucket is in another region; set region, or endpoint, to the bucket's own"
_EXPIRED = "the credentials have expired; sign in again and deliver again"

_CODES = {
    "400": "the store refused the request without a reason; see that endpoint and region are the bucket's",
    "301": _REGION,
    "403": f"access denied, or there is no such object and it may not be listed: {_DENIED}",
    "404": "there is no such object or bucket",
    "AccessDenied": f"access denied: {_DENIED}",
    "AllAccessDisabled": f"access denied: {_DENIED}",
    "AuthorizationHeaderMalformed": _REGION,
    "BadDigest": _DAMAGED,
    "ConditionalRequestConflict": "another writer was at the same key; deliver again",
    "EntityTooLarge": "the file is larger than this store takes; ask its provider for the limit",
    "ExpiredToken": _EXPIRED,
    "ExpiredTokenException": _EXPIRED,
    "InternalError": "the store failed by its own account, also when asked again; deliver again later",
    "InvalidAccessKeyId": "the store does not know the access key; see that profile and endpoint belong together",
    "InvalidBucketName": "the store does not take the bucket's name; name another one in url",
    "InvalidDigest": _DAMAGED,
    "InvalidToken": _EXPIRED,
    "KeyTooLongError": "the key is too long; at most 1024 bytes of UTF-8, prefix included",
    "MissingContentLength": _CHECKSUM,
    "NoSuchBucket": "there is no such bucket; make it, or correct url or endpoint",
    "NoSuchKey": "there is no such object",
    "NoSuchUpload": "the store lost the upload before it was complete; deliver again",
    "PermanentRedirect": _REGION,
    "QuotaExceeded": "the store's quota is used up; free space or name another store",
    "RequestTimeTooSkewed": "the clock of this machine is wrong by minutes; set it",
    "RequestTimeout": "the store waited for bytes that did not come; see the connection and deliver again",
    "ServiceUnavailable": _SLOW,
    "SignatureDoesNotMatch": "the secret key is not that of the access key; correct the credentials of the profile",
    "SlowDown": _SLOW,
    "TokenRefreshRequired": _EXPIRED,
    "XAmzContentChecksumMismatch": _DAMAGED,
    "XAmzContentSHA256Mismatch": _DAMAGED,
}

_NOT_IMPLEMENTED = {
    "CompleteMultipartUpload": _CHECKSUM,
    "CreateMultipartUpload": _CHECKSUM,
    "PutObject": _CHECKSUM,
    "UploadPart": (
        "the store takes no part a second time, as after an answer that was lost; deliver again: what is there is gone"
        ' on with; if that fails too, set checksum = "when_required" for it'
    ),
}
"""What a store most likely lacks that knows a request only in part, by the request."""

_UNREACHED: tuple[tuple[type[Exception], str], ...] = (
    (boto.ProfileNotFound, "there is no such profile; name one of the AWS configuration, or none"),
    (boto.NoCredentialsError, "no credentials were found; set a profile, or AWS_ACCESS_KEY_ID and its secret"),
    (boto.PartialCredentialsError, "the credentials are not complete; an access key and a secret key are needed"),
    (boto.CredentialRetrievalError, "the credentials could not be fetched; sign in again and deliver again"),
    (boto.TokenRetrievalError, _EXPIRED),
    (boto.NoRegionError, "no region is known; set region"),
    (
        boto.SSLError,
        "no secure connection could be made; see that endpoint speaks https and its certificate is trusted",
    ),
    (boto.ProxyConnectionError, "the proxy could not be reached; see HTTPS_PROXY and NO_PROXY"),
    (boto.ConnectTimeoutError, "the store did not answer in time; see endpoint and the network"),
    (boto.ReadTimeoutError, "the store stopped answering; deliver again"),
    (boto.EndpointConnectionError, "the store could not be reached; see endpoint and the network"),
    (boto.ConnectionClosedError, "the store closed the connection; deliver again"),
    (boto.FlexibleChecksumError, "the bytes that came are not those of the store's checksum; try again"),
    (boto.ParamValidationError, "the bucket's name or the key is not one S3 takes; correct url"),
    (boto.InvalidRegionError, "the region's name is not valid; correct region"),
    (boto.HTTPClientError, "the connection broke; see the network and deliver again"),
    (boto.ResponseStreamingError, "the connection broke while the object was read; try again"),
    (boto.IncompleteReadError, "the connection ended before the object did; try again"),
    (HTTPError, "the connection broke; see the network and try again"),
)


def code_of(error: ClientError) -> str:
    """The S3 error code, or the HTTP status where the answer had no body, as to HEAD."""
    return str(error.response.get("Error", {}).get("Code", ""))


def status_of(error: ClientError) -> int:
    """The HTTP status of the answer."""
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


@contextmanager
def explained(url: str, key: str = "") -> Iterator[None]:
    """Turn boto3's errors into StoreError, with the cause kept. The text has nothing of the request but the key."""
    place = f"{url}: {key}" if key else url
    try:
        yield
    except ClientError as error:
        raise StoreError(f"{place}: {_answer(error)}") from error
    except (boto.BotoCoreError, Boto3Error, HTTPError, OSError) as error:
        # The library's own text may quote a proxy's password or a credential helper's output: only its kind is shown.
        known = (text for kind, text in _UNREACHED if isinstance(error, kind))
        raise StoreError(f"{place}: {next(known, f'the request failed ({type(error).__name__})')}") from error


def _answer(error: ClientError) -> str:
    code = code_of(error)
    if code == "NotImplemented" or status_of(error) == _NO_SUCH_REQUEST:
        lacks = f"the store does not have this request, {error.operation_name}; `releaseprint store test` tells"
        return f"{_NOT_IMPLEMENTED.get(error.operation_name, f'{lacks} what else it lacks')} ({code})"
    if known := _CODES.get(code):
        return f"{known} ({code})"
    said: Any = error.response.get("Error", {}).get("Message", "")
    message = "".join(char if char.isprintable() else " " for char in str(said))[:200]
    return f"the store answered {code or 'with an error'}{f': {message}' if message else ''}"
