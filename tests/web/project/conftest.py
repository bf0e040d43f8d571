from tests.web.shelf import arrival, begin, settle, version  # noqa: F401
