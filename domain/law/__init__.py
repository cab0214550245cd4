"""Laws of States by topic, with their versions and days in force: the legislative database (6(a)(vii))."""
