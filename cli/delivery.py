"""The main job: select by rights, read, judge, plan, deliver; one package a rights window."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from assets import territory
from assets.catalogue import Catalogue
from assets.errors import InputError, PackageError, Refused, UsageError
from assets.leaving import agreed_of
from assets.platform import Platform
from assets.rights import RightsWindow, Selection, permission
from assets.subjects import ReadTitle
from assets.title import Title
from checks.report import Report, Verdict
from cli import judgement, life
from cli.ahead import Sending, sent_ahead
from cli.kept import keep_delivery, keep_verdicts
from cli.last_look import forbidden_now
from cli.life import Course
from cli.main import CLEAN, FINDINGS, STORE_FAILED, UNREADABLE
from cli.package_reports import rendering
from cli.running.asking import HERE, Workers
from cli.running.tasks import Done
from cli.running.workers import Ready, measured_ahead
from storage import package as packaging
from storage import plan as planning
from storage.deliver import Foreseen, Ordered, Receipt, deliver, foresee
from storage.plan import Plan
from storage.stores import Store
from storage.stores.objects import open_object
from storage.streaming import from_stores


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for on the command line. `at` None means now, whenever that is.

    `not_before` is when the packages may stand, or `rights`; `again` sends what was withdrawn, too.
    """

    platform: Platform
    territories: frozenset[str]
    at: datetime | None
    titles: tuple[str, ...]
    window: str | None
    dry_run: bool
    not_before: datetime | str | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    """From where to where: the catalogue, which knows where files are away, and the store to deliver to."""

    catalogue: Catalogue
    store: Store


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one title, or of one of its windows.

    `state` is `delivered`, `unchanged`, `held` (back, `until` an instant), `planned` (dry run), `refused`,
    `not-selected`, `unreadable`, or `failed` where something else than the package is in the store, or a file is not
    what was checked. `foreseen` is what a dry run says, `superseded` the packages whose place this one took.
    """

    title: str
    state: str
    window: RightsWindow | None = None
    reasons: tuple[str, ...] = ()
    report: Report | None = None
    plan: Plan | None = None
    foreseen: Foreseen | None = None
    receipt: Receipt | None = None
    until: datetime | None = None
    superseded: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """The exit code that this outcome alone would give."""
        if self.state == "unreadable" or (self.report is not None and self.report.verdict is Verdict.INCOMPLETE):
            return UNREADABLE
        return {"refused": FINDINGS, "failed": STORE_FAILED}.get(self.state, CLEAN)


def run(catalogue: Catalogue, order: Order, store: Store, workers: Workers = HERE) -> Iterator[Outcome]:
    """Deliver, title by title and window by window; a title that cannot be read does not stop the others.

    `workers` measure the media of the titles that are selected, ahead of their turn.

    Raises UsageError, before anything is read or sent, for a title that does not exist and for a delivery that is to
    be judged by a past date. Raises StoreError if the store fails: what comes after would fail as well.
    """
    if order.at is not None and order.at < judgement.now() and not order.dry_run:
        raise UsageError(
            f"--at {order.at.isoformat()} is past; what leaves now is judged by now or later, or --dry-run"
        )
    for title_id in order.titles:
        catalogue.require_title(title_id)
    each = by_title(catalogue, order, store, workers, lambda _done: None)
    return (outcome for _, outcomes in each for outcome in outcomes)


def by_title(
    catalogue: Catalogue, order: Order, store: Store, workers: Workers, told: Callable[[Done], None]
) -> Iterator[tuple[str, Iterator[Outcome]]]:
    """Each title in its turn with what becomes of it; `told` hears of each task of a worker. Raises as `run`."""
    from cli.running.measuring import Ahead
    from cli.running.uploading import Same, uploads

    if not order.dry_run:
        life.require_private(store)
    ids = tuple(dict.fromkeys(order.titles)) or catalogue.title_ids()
    sent = uploads(
        store,
        lambda place: Same(catalogue, order.platform, order.not_before, order.again, place),
        lambda title: leaving_now(title, order),
    )
    ahead = Ahead(lambda title: bool(_selection(title, order).windows), told, sent)
    with measured_ahead(catalogue, workers, ids, ahead) as ready:
        for title_id in ids:
            yield title_id, _of_id(catalogue, title_id, order, store, ready)


def _of_id(catalogue: Catalogue, title_id: str, order: Order, store: Store, ready: Ready) -> Iterator[Outcome]:
    try:
        title = catalogue.title(title_id)
    except InputError as error:
        yield Outcome(title_id, "unreadable", reasons=tuple(str(fault) for fault in error.faults))
        return
    yield from _title(catalogue, title, order, store, ready)


def exit_code(outcomes: list[Outcome]) -> int:
    """The worst of the outcomes; 1 also if nothing at all was selected."""
    if not any(outcome.state != "not-selected" for outcome in outcomes):
        return FINDINGS
    return max(outcome.exit_code for outcome in outcomes)


def _title(catalogue: Catalogue, title: Title, order: Order, store: Store, ready: Ready) -> Iterator[Outcome]:
    selection = _selection(title, order)
    for window, reasons in selection.withheld:
        yield Outcome(title.id, "refused", window, reasons)
    if not selection.windows:
        state = "refused" if order.titles else "not-selected"
        yield Outcome(title.id, state, reasons=selection.refusals)
        return
    now = leaving_now(title, order)
    sending = Sending(catalogue, title, now, order.platform, order.not_before, again=order.again)
    with sent_ahead(sending, store, ready) as beside:
        read = judgement.read(catalogue, title, beside=beside)
        for window in selection.windows:
            try:
                outcome = _window(read, window, order, _Way(catalogue, store))
            except PackageError as error:  # the store is well: the others go on
                outcome = Outcome(title.id, "failed", window, (str(error),))
            _keep(catalogue, outcome, order)
            yield outcome


def _selection(title: Title, order: Order) -> Selection:
    agreed, at = agreed_of(title, order.platform), order.at or judgement.now()
    return permission.select(agreed, order.platform.right, order.territories, at, order.window)


def leaving_now(title: Title, order: Order) -> Sequence[RightsWindow]:
    """The windows of a title that are delivered as of now."""
    return () if order.dry_run or order.at else _selection(title, order).windows


def _keep(catalogue: Catalogue, outcome: Outcome, order: Order) -> None:
    """Keep the verdicts of an outcome, and what was delivered."""
    if outcome.report:
        forbidden = {outcome.report.window} if outcome.state == "refused" else frozenset[str]()
        keep_verdicts(catalogue, [outcome.report], forbidden)
    if outcome.report and outcome.plan and outcome.receipt and outcome.until is None:
        where = territory.describe(order.territories)
        keep_delivery(catalogue, outcome.plan, outcome.receipt, outcome.report, where)


def _window(read: ReadTitle, window: RightsWindow, order: Order, way: _Way) -> Outcome:
    now = judgement.now()  # reading took its time, and so did the window before
    at = order.at or now
    leaving = judgement.in_window(read, window)
    part, left_out = leaving.part, leaving.left_out
    if not part.title.versions:  # the checks would only say that there is nothing
        return Outcome(read.title.id, "refused", window, left_out or ("the title has no version",))
    report = judgement.judge_window(leaving, order.platform, at, now)
    try:
        plan = planning.make_plan(part, window, order.platform, report.clearance(), at=at, left_out=left_out)
        plan = packaging.with_metadata(plan)
    except Refused as refused:
        return Outcome(read.title.id, "refused", window, (*refused.reasons, *left_out), report)
    plan = from_stores(plan, lambda url: open_object(url, way.catalogue))
    course = life.course(plan, way.store, order.not_before, now, again=order.again)
    if course.reasons:
        return Outcome(read.title.id, "refused", window, course.reasons, report)
    if order.dry_run:
        foreseen = foresee(plan, course.store, rendering(report, order.at), report.judged_at)
        return Outcome(
            read.title.id, "planned", window, report=report, plan=plan, foreseen=foreseen, until=course.until
        )
    look = partial(forbidden_now, way.catalogue, part, window, order.platform)
    try:
        return _send(plan, course, _Sending(order, report, look), way)
    except Refused as refused:
        return Outcome(read.title.id, "refused", window, refused.reasons, report)


@dataclass(frozen=True, slots=True)
class _Sending:
    """What goes with a plan that is sent; `look` says why it must not stand any more, once it is all there."""

    order: Order
    report: Report
    look: Callable[[], Sequence[str]]


def _send(plan: Plan, course: Course, sending: _Sending, way: _Way) -> Outcome:
    """Deliver a plan, at once or held back; the packages before it are superseded as soon as it stands.

    Raises Refused if rights have come to forbid it.
    """
    report = sending.report
    if sending.order.at is not None and (reasons := sending.look()):  # a later date lifts nothing: the copy leaves now
        raise Refused(f"{plan.title.id} may not leave now", reasons)
    if course.until is not None:
        life.hold(plan, way.store, course.until)
    receipt = _deliver(plan, course.store, sending)
    if course.until is not None:
        return Outcome(
            plan.title.id, "held", plan.window, report=report, plan=plan, receipt=receipt, until=course.until
        )
    told = life.delivered(way.catalogue, way.store, receipt, report.judged_at)
    superseded = tuple(item.subject.prefix for item in told if item.by)
    state = "delivered" if receipt.sent_files or receipt.copied_files else "unchanged"
    return Outcome(plan.title.id, state, plan.window, (), report, plan, None, receipt, superseded=superseded)


def _deliver(plan: Plan, store: Store, sending: _Sending) -> Receipt:
    from cli.terminal import bytes_progress

    ordered = Ordered(sending.report.judged_at, territory.describe(sending.order.territories), sending.look)
    with bytes_progress(f"{plan.title.id} {plan.window.id}", plan.size, plan.title.id) as progress:
        return deliver(plan, store, rendering(sending.report, sending.order.at), ordered, progress)
