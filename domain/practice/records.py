"""What is recorded of practices, their compilation and action plans: events, and what commands ask for."""

from typing import ClassVar, cast

from domain.deciding import Command
from domain.mandate import Decide
from domain.practice import compilation, plans, practices
from domain.recorded import Event, RecordedInError


class PracticeRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of a practice should never have been recorded."""

    TYPE: ClassVar[str] = "practice.recorded-in-error"


class CompilationRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of a version of the compilation should never have been recorded."""

    TYPE: ClassVar[str] = "compilation.recorded-in-error"


class PlanRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of an action plan should never have been recorded."""

    TYPE: ClassVar[str] = "plan.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (
    practices.PracticeReported,
    practices.PracticeWithdrawn,
    practices.PracticeRecommended,
    PracticeRecordedInError,
    compilation.CompilationDrafted,
    compilation.CompilationApproved,
    compilation.CompilationListed,
    compilation.CompilationShared,
    CompilationRecordedInError,
    plans.PlanBrought,
    PlanRecordedInError,
)
DECISIONS: dict[type[Command], Decide] = {
    practices.ReportPractice: cast("Decide", practices.report),
    practices.WithdrawPractice: cast("Decide", practices.withdraw),
    practices.RecommendPractice: cast("Decide", practices.recommend),
    compilation.DraftCompilation: cast("Decide", compilation.draft),
    compilation.ApproveCompilation: cast("Decide", compilation.approve),
    compilation.ListCompilation: cast("Decide", compilation.list_it),
    compilation.ShareCompilation: cast("Decide", compilation.share),
    plans.RecordPlan: cast("Decide", plans.record),
}
