"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create all tables."""
    _create_documents()
    _create_codings()
    _create_claims()
    _create_bodies()
    _create_side_tables()
    _create_judgements()


def _create_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("published_from", sa.String(length=16), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_table(
        "sightings",
        sa.Column("seq", _SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("document", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("published_from", sa.String(length=16), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_sightings_document_documents")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_sightings")),
        sa.UniqueConstraint("id", name=op.f("uq_sightings_id")),
    )
    op.create_index(op.f("ix_sightings_document"), "sightings", ["document"], unique=False)
    op.create_table(
        "reprints",
        sa.Column("original", sa.String(length=32), nullable=False),
        sa.Column("copy", sa.String(length=32), nullable=False),
        sa.Column("similarity", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["copy"], ["documents.id"], name=op.f("fk_reprints_copy_documents")),
        sa.ForeignKeyConstraint(["original"], ["documents.id"], name=op.f("fk_reprints_original_documents")),
        sa.PrimaryKeyConstraint("original", "copy", name=op.f("pk_reprints")),
    )
    op.create_index(op.f("ix_reprints_copy"), "reprints", ["copy"], unique=False)


def _create_codings() -> None:
    op.create_table(
        "codings",
        sa.Column("seq", _SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("document", sa.String(length=32), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("published_from", sa.String(length=16), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_codings_document_documents")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_codings")),
        sa.UniqueConstraint("id", name=op.f("uq_codings_id")),
    )
    op.create_index(op.f("ix_codings_document"), "codings", ["document"], unique=False)
    op.create_index(
        "uq_codings_current",
        "codings",
        ["document"],
        unique=True,
        sqlite_where=sa.text('"current"'),
        postgresql_where=sa.text('"current"'),
    )


def _create_claims() -> None:
    op.create_table(
        "claims",
        sa.Column("coding", _SEQUENCE, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("document", sa.String(length=32), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=True),
        sa.Column("factuality", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("newness", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["coding"], ["codings.seq"], name=op.f("fk_claims_coding_codings")),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_claims_document_documents")),
        sa.PrimaryKeyConstraint("coding", "position", name=op.f("pk_claims")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claims_document_position", "claims", ["document", "position"], unique=False)
    op.create_index(op.f("ix_claims_id"), "claims", ["id"], unique=False)
    op.create_index(
        "ix_claims_newest",
        "claims",
        ["current", sa.literal_column("newness DESC"), "document", "position", "kind", "type", "last_day"],
        unique=False,
    )


def _create_bodies() -> None:
    op.create_table(
        "claim_bodies",
        sa.Column("coding", _SEQUENCE, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coding", "position"], ["claims.coding", "claims.position"], name=op.f("fk_claim_bodies_coding_claims")
        ),
        sa.PrimaryKeyConstraint("coding", "position", name=op.f("pk_claim_bodies")),
    )


def _create_side_tables() -> None:
    op.create_table(
        "persons",
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_persons")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claim_actors",
        sa.Column("coding", _SEQUENCE, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.String(length=16), nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=True),
        sa.Column("level", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(
            ["coding", "position"], ["claims.coding", "claims.position"], name=op.f("fk_claim_actors_coding_claims")
        ),
        sa.PrimaryKeyConstraint("coding", "position", "ordinal", name=op.f("pk_claim_actors")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_actors_actor_part", "claim_actors", ["actor", "part"], unique=False)
    op.create_index("ix_claim_actors_name_part", "claim_actors", ["name", "part"], unique=False)
    op.create_index(op.f("ix_claim_actors_person"), "claim_actors", ["person"], unique=False)
    op.create_table(
        "claim_dossiers",
        sa.Column("coding", _SEQUENCE, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("dossier", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coding", "position"], ["claims.coding", "claims.position"], name=op.f("fk_claim_dossiers_coding_claims")
        ),
        sa.PrimaryKeyConstraint("coding", "position", "ordinal", name=op.f("pk_claim_dossiers")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_claim_dossiers_dossier"), "claim_dossiers", ["dossier"], unique=False)
    op.create_table(
        "claim_issues",
        sa.Column("coding", _SEQUENCE, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("issue", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["coding", "position"], ["claims.coding", "claims.position"], name=op.f("fk_claim_issues_coding_claims")
        ),
        sa.PrimaryKeyConstraint("coding", "position", "ordinal", name=op.f("pk_claim_issues")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_claim_issues_issue"), "claim_issues", ["issue"], unique=False)


def _create_judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("seq", _SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("document", sa.String(length=32), nullable=True),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_judgements")),
        sa.UniqueConstraint("id", name=op.f("uq_judgements_id")),
    )
    op.create_index(op.f("ix_judgements_document"), "judgements", ["document"], unique=False)
