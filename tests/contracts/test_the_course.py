"""The shipped course keeps every rule that a course is judged by."""

from heartwood.content import judge_course, shipped_courses


def test_the_shipped_course_is_well():
    found = judge_course(shipped_courses() / "heartwood-8w")

    assert [str(finding) for finding in found] == []
