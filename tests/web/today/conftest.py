from tests.web.delivery.conftest import office, server  # noqa: F401
from tests.web.shelf import another_folder, arrival, begin, settle, version  # noqa: F401
from tests.web.today.wishes import reachable  # noqa: F401
