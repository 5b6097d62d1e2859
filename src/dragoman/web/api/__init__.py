"""The record for programs: typed JSON under /api/v1, described by /api/openapi.json."""
