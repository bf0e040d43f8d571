from tests.web.shelf import another_folder, arrival, begin, settle, version  # noqa: F401
