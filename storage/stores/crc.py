"""The CRC of bytes that follow one another, from the CRCs of the pieces.

For CRCs that are reflected, begin with ones and end inverted, as CRC-32 and CRC-64/NVME do. A polynomial stands with
its highest power in the lowest bit. Putting bytes behind others multiplies their CRC by x to the number of bits.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Polynomial:
    """What a CRC divides by: its width in bits, and its terms below the highest."""

    width: int
    terms: int

    def joined(self, pieces: Iterable[tuple[int, int]]) -> int:
        """The CRC of pieces in their order, each given by its CRC and its length in bytes."""
        whole, shifts = 0, dict[int, int]()
        for crc, length in pieces:
            if length not in shifts:
                shifts[length] = self._power(8 * length)
            whole = self._times(shifts[length], whole) ^ crc
        return whole

    def _power(self, exponent: int) -> int:
        """The remainder of x to the power of `exponent`."""
        one = 1 << (self.width - 1)
        square, power = one >> 1, one
        while exponent:
            if exponent & 1:
                power = self._times(square, power)
            square = self._times(square, square)
            exponent >>= 1
        return power

    def _times(self, left: int, right: int) -> int:
        """The product of two polynomials, as a remainder."""
        product = 0
        for bit in range(self.width - 1, -1, -1):
            if left >> bit & 1:
                product ^= right
            right = (right >> 1) ^ (self.terms if right & 1 else 0)
        return product


CRC32 = Polynomial(32, 0xEDB88320)
CRC64NVME = Polynomial(64, 0x9A6C9329AC4BC9B5)
