"""影响模拟: which past cases would have ended otherwise under another version of a leniency list.

Asked of the list alone: the most lenient entry that applies, in three values. What the statute itself orders and the
exclusions of 云政办发〔2022〕51号 二(五) are not part of the list and the same on both sides.
"""
