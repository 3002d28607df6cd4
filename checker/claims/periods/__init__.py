"""The time that a figure speaks of: dates and periods that are written, 去年 and 今年 against the day of publication, labels.

Periods are ISO 8601: a year, a month, a day, or two of them with / between; ``2016/..`` is from 2016 on. Where no date is known the
label stands as it is written (报告期末, 去年). Three steps, each in its module:

- `recognising`: where a text speaks of time, and how: 去年, 比上年, 截至目前, the end of a clause.
- `reference`: what 今年 and 本月 count from: the day of publication, the year of a report, the year told last.
- `normalising`: a date or a stretch of time as ISO 8601.

`inforce` puts them together: which period holds where a figure stands.
"""

from checker.claims.periods.inforce import read_periods
from checker.claims.periods.recognising import last_of

__all__ = ["last_of", "read_periods"]
