"""Made-up reports and what is measured on them; the figures at scale come from `dragoman lab resolving`."""

from dragoman.lab.bench_resolving import ScratchRecipe, measure_adding
from dragoman.lab.made_up_reports import made_up_reports


def test_made_up_reports_are_the_same_each_time_and_as_many_as_asked() -> None:
    one, two = (list(made_up_reports(60)) for _ in range(2))
    assert one == two != list(made_up_reports(60, seed=2))
    claims = [claim for report in one for claim in report.claims]
    assert 60 <= len(claims) < 65
    assert len({claim.id for claim in claims}) == len(claims)
    texts = {report.document.id: report.document.text for report in one}
    assert all(claim.evidence[0].of(texts[claim.document]).endswith(".") for claim in claims)


def test_work_goes_through_all_documents() -> None:
    assert ScratchRecipe(30)()() == len(list(made_up_reports(30)))


def test_added_documents_touch_some_groups_and_give_the_same_record() -> None:
    found = measure_adding(300, 2)
    assert found.same_bytes
    assert found.added == 2
    assert all(0 < found.computed[kind] < found.parts[kind] for kind in found.computed)
