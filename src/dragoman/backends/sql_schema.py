"""The tables of the store, the same on SQLite and PostgreSQL; what changes here needs a migration beside it."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

HEAD = "0007"
"""The schema that this version of Dragoman reads and writes: the newest revision in `migrations/versions`."""

VERSION_TABLE = "dragoman_schema"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only in a column of its plain INTEGER type.
_SEQUENCE = BigInteger().with_variant(Integer, "sqlite")


def _metadata_columns() -> list[Column[object]]:
    """What an input says about a text."""
    return [
        Column("title", Text),
        Column("source", Text),
        Column("published", Date),
        Column("published_from", String(16), nullable=False),
        Column("language", Text),
        Column("url", Text),
        Column("author", Text),
        Column("licence", Text),
        Column("name", Text),
    ]


documents = Table(
    "documents",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("text", Text, nullable=False),
    *_metadata_columns(),
)

sightings = Table(
    "sightings",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("document", ForeignKey("documents.id"), nullable=False, index=True),
    *_metadata_columns(),
)

codings = Table(
    "codings",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("document", ForeignKey("documents.id"), nullable=False, index=True),
    Column("coder", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("published", Date),
    Column("published_from", String(16), nullable=False),
    Column("current", Boolean, nullable=False),
    Column("problems", Integer, nullable=False),
    Column("head", Text, nullable=False),  # the coding without its claims
)
Index("uq_codings_current", codings.c.document, unique=True, sqlite_where=text('"current"'), postgresql_where=text('"current"'))

claims = Table(
    "claims",
    metadata,
    Column("coding", ForeignKey("codings.seq"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("id", String(32), nullable=False, index=True),
    Column("document", ForeignKey("documents.id"), nullable=False),
    Column("current", Boolean, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("type", String(32)),
    Column("factuality", String(16), nullable=False),
    Column("channel", String(16)),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("newness", Integer, nullable=False),  # the first day as an ordinal, 0 where unknown: what sorting goes by
    Index("ix_claims_document_position", "document", "position"),
    sqlite_with_rowid=False,
)
"""What queries look at, kept narrow: the claims themselves are in `claim_bodies`."""
# Holds all that counting looks at, so that counts read the index alone.
Index(
    "ix_claims_newest",
    claims.c.current,
    claims.c.newness.desc(),
    claims.c.document,
    claims.c.position,
    claims.c.kind,
    claims.c.type,
    claims.c.last_day,
)
Index("ix_claims_kind_newness", claims.c.kind, claims.c.current, claims.c.newness)
Index("ix_claims_type_newness", claims.c.type, claims.c.current, claims.c.newness)

claim_bodies = Table(
    "claim_bodies",
    metadata,
    Column("coding", _SEQUENCE, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    ForeignKeyConstraint(["coding", "position"], ["claims.coding", "claims.position"]),
)


def _of_claim(*columns: Column[object], name: str) -> Table:
    """A table of things that one claim has several of; `newness` is the claim's, none where it is not current."""
    return Table(
        name,
        metadata,
        Column("coding", _SEQUENCE, primary_key=True, autoincrement=False),
        Column("position", Integer, primary_key=True, autoincrement=False),
        Column("ordinal", Integer, primary_key=True, autoincrement=False),
        *columns,
        Column("newness", Integer),
        ForeignKeyConstraint(["coding", "position"], ["claims.coding", "claims.position"]),
        sqlite_with_rowid=False,
    )


claim_actors = _of_claim(
    Column("part", String(16), nullable=False),
    Column("actor", Text),
    Column("name", Text),
    Column("person", Text),
    Column("role", String(16)),
    Column("level", String(24)),
    name="claim_actors",
)
# In the order of pages, so that the newest claims of an actor are found without looking at the others.
Index("ix_claim_actors_actor_newness", claim_actors.c.actor, claim_actors.c.newness, claim_actors.c.part)
_named = claim_actors.c.name != claim_actors.c.actor
Index(
    "ix_claim_actors_other_name",
    claim_actors.c.name,
    claim_actors.c.newness,
    claim_actors.c.part,
    sqlite_where=_named,
    postgresql_where=_named,
)
Index("ix_claim_actors_person_newness", claim_actors.c.person, claim_actors.c.newness)
_ranked = claim_actors.c.role.is_not(None)
Index("ix_claim_actors_role_newness", claim_actors.c.role, claim_actors.c.newness, sqlite_where=_ranked, postgresql_where=_ranked)
claim_dossiers = _of_claim(Column("dossier", Text, nullable=False), name="claim_dossiers")
Index("ix_claim_dossiers_dossier_newness", claim_dossiers.c.dossier, claim_dossiers.c.newness)
claim_issues = _of_claim(Column("issue", String(32), nullable=False), name="claim_issues")
Index("ix_claim_issues_issue_newness", claim_issues.c.issue, claim_issues.c.newness)

OF_CLAIMS = (claim_actors, claim_dossiers, claim_issues)
"""The tables of things that one claim has several of."""

# Each folded name once, so that a search for words of a name reads thousands of rows, not millions.
persons = Table("persons", metadata, Column("name", Text, primary_key=True), sqlite_with_rowid=False)

reprints = Table(
    "reprints",
    metadata,
    Column("original", ForeignKey("documents.id"), primary_key=True),
    Column("copy", ForeignKey("documents.id"), primary_key=True, index=True),
    Column("similarity", Float, nullable=False),
)

judgements = Table(
    "judgements",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("document", String(32), index=True),
    Column("verdict", String(16), nullable=False),
    Column("body", Text, nullable=False),
)

# A cache that may be emptied at any time: what was computed before, by a hash of all that went in.
parts = Table(
    "parts",
    metadata,
    Column("purpose", String(16), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

# What watching feeds keeps between two looks; see `core.watching`.
feeds = Table("feeds", metadata, Column("url", Text, primary_key=True), Column("health", Text, nullable=False))

feed_entries = Table(
    "feed_entries",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column("feed", Text, nullable=False),
    Column("key", String(32), nullable=False),
    Column("seen", Date, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("body", LargeBinary),  # NULL once the entry is stored as documents
    UniqueConstraint("feed", "key"),
)
_waiting = feed_entries.c.body.is_not(None)
Index("ix_feed_entries_waiting", feed_entries.c.attempts, feed_entries.c.seq, sqlite_where=_waiting, postgresql_where=_waiting)

alert_rules = Table(
    "alert_rules", metadata, Column("rule", Text, primary_key=True), Column("fingerprint", String(32), nullable=False)
)

# Claims of which a rule has spoken: an event with one of them has had its alert.
alert_coverage = Table(
    "alert_coverage",
    metadata,
    Column("rule", Text, primary_key=True),
    Column("change", String(48), primary_key=True),
    Column("claim", String(32), primary_key=True),
    sqlite_with_rowid=False,
)

alerts = Table(
    "alerts",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("body", Text, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("alert", ForeignKey("alerts.seq"), primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("fault", Text),
)
Index("ix_deliveries_channel_state_alert", deliveries.c.channel, deliveries.c.state, deliveries.c.alert)

search_entries = Table(
    "search_entries",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    Column("id", String(32), nullable=False),
    Column("portion", Integer, nullable=False),
    Column("document", ForeignKey("documents.id"), nullable=False),
    Index("ix_search_entries_id_kind_portion", "id", "kind", "portion", unique=True),
)
"""What can be found by its words; these are in `search_words`, a table of another make in each database (see `sql_search`)."""

accounts = Table("accounts", metadata, Column("name", Text, primary_key=True), Column("body", Text, nullable=False))

sessions = Table(
    "sessions",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("seen", BigInteger, nullable=False, index=True),  # seconds since 1970
    Column("body", Text, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False),
)

restrictions = Table(
    "restrictions",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("value", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column("by", Text, nullable=False, index=True),
    Column("action", String(32), nullable=False, index=True),
    Column("body", Text, nullable=False),
)
