from dragoman.core.parse import Parse
from dragoman.knowledge.actor_codes import ActorCoder
from dragoman.knowledge.agents import load_agents
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.lab.predict_actors import ActorRow, Coordination, predict_actors


class NoParser:
    name = "none"

    def parse(self, texts):
        return (Parse(self.name, (), ()) for _ in texts)


def predict(*rows):
    coder = ActorCoder(load_gazetteer(), load_agents(), {}.get)
    return tuple(predict_actors(rows, coder, NoParser()))


def test_rows_in_the_shape_of_the_bench():
    state, union, league, nobody = predict(
        ActorRow("a", "Kenyan police"), ActorRow("b", "the EU"), ActorRow("c", "African Union"), ActorRow("d", "a kettle")
    )
    assert (state.id, state.country, state.sector, state.none) == ("a", "KEN", "COP", False)
    assert union.country == "EUR"
    assert (league.country, league.wiki) == ("IGO", "African Union")
    assert (nobody.country, nobody.sector, nobody.none) == ("", "", True)


def test_days_come_in_several_spellings():
    rows = (ActorRow(day, "Tony Blair", date=day) for day in ("2004-05-01", "1 May 2004", "today", ""))
    assert [row.sector for row in predict(*rows)] == ["GOV", "GOV", "ELI", "ELI"]


def test_a_phrase_that_the_parser_does_not_see_stands_for_itself():
    assert predict(ActorRow("a", "Envoys met.", phrase="Envoys")) == (Coordination("a", ("Envoys",)),)
