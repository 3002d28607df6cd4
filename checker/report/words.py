"""The words of the console reports in Chinese and English."""

from __future__ import annotations

from types import MappingProxyType

from checker.sources.messages import Lang

__all__ = ["TYPE_WORDS", "word"]

_WORDS = MappingProxyType(
    {
        "error": ("错误", "error"),
        "warning": ("警告", "warning"),
        "info": ("提示", "info"),
        "off": ("不用", "off"),
        "place": ("位置", "place"),
        "severity": ("级别", "severity"),
        "finding": ("发现", "finding"),
        "arithmetic": ("算式", "sum"),
        "see": ("另见", "see"),
        "suggestion": ("建议", "fix"),
        "separator": ("；", "; "),
        "colon": ("：", ": "),
        "files": ("文件", "files"),
        "figures": ("数字", "figures"),
        "decided": ("核对", "checks"),
        "holding": ("成立", "hold"),
        "trivial": ("显然", "trivial"),
        "undecided": ("存疑", "undecided"),
        "errors": ("错误", "errors"),
        "warnings": ("警告", "warnings"),
        "infos": ("提示", "info"),
        "suppressed": ("已压下", "suppressed"),
        "fingerprint": ("指纹", "fingerprint"),
        "confirmed": ("得到印证", "confirmed"),
        "contradicted": ("互相矛盾", "contradicted"),
        "unsupported": ("没有旁证", "unsupported"),
        "text": ("原文", "text"),
        "passage": ("句子", "passage"),
        "kind": ("类别", "kind"),
        "value": ("数值", "value"),
        "interval": ("区间", "interval"),
        "unit": ("单位", "unit"),
        "metric": ("指标", "metric"),
        "holder": ("主体", "holder"),
        "period": ("时期", "period"),
        "direction": ("方向", "direction"),
        "compared_to": ("对比", "against"),
        "modality": ("性质", "modality"),
        "scope": ("限定", "scope"),
        "basis": ("口径", "basis"),
        "source": ("来源", "source"),
        "group": ("并列", "group"),
        "others": ("分别指", "each of"),
        "way.carried": ("沿用前文", "carried over"),
        "way.document": ("据标题或日期", "from title or date"),
        "type.level": ("数额", "level"),
        "type.target_level": ("变化后的数额", "level reached"),
        "type.change": ("变化量", "change"),
        "type.change_rate": ("变化率", "rate of change"),
        "type.share": ("占比", "share"),
        "type.mean": ("平均", "mean"),
        "type.points": ("百分点", "points"),
        "type.multiple": ("倍数", "multiple"),
        "type.ratio": ("比", "ratio"),
        "type.rate": ("率", "rate"),
        "type.rank": ("名次", "rank"),
        "type.reference": ("界定", "reference"),
        "type.other": ("其他", "other"),
        "direction.up": ("上升", "up"),
        "direction.down": ("下降", "down"),
        "modality.actual": ("实际", "actual"),
        "modality.planned": ("计划", "planned"),
        "modality.forecast": ("预计", "forecast"),
        "modality.at_least": ("至少", "at least"),
        "modality.at_most": ("至多", "at most"),
        "modality.negated": ("否定", "negated"),
        "group.respectively": ("分别", "respectively"),
        "group.shared": ("同为", "shared"),
        "group.list": ("列举", "list"),
        "rule": ("规则", "rule"),
        "relation": ("关系", "relation"),
        "message": ("消息", "message"),
        "name": ("名称", "name"),
        "pattern": ("模式", "pattern"),
        "link": ("联系", "link"),
        "fails": ("应报", "fails"),
        "holds": ("应成立", "holds"),
        "silent": ("应沉默", "silent"),
        "stage": ("阶段", "stage"),
        "stage.source": ("读取文件", "reading files"),
        "stage.figures": ("认出数字", "reading figures"),
        "stage.rules": ("运行规则", "running rules"),
        "stage.findings": ("整理发现", "making findings"),
        "stage.report": ("写报告", "writing reports"),
        "total": ("合计", "total"),
        "milliseconds": ("毫秒", "ms"),
        "part": ("占比", "part"),
        "checks": ("核对", "checks"),
        "outcome.holds": ("成立", "holds"),
        "outcome.holds-rounded": ("约整后成立", "rounded"),
        "outcome.holds-truncated": ("截尾后成立", "truncated"),
        "outcome.fails": ("不成立", "fails"),
        "outcome.undecided": ("存疑", "undecided"),
        "kind.quantity": ("数量", "quantity"),
        "kind.date": ("日期", "date"),
        "kind.period": ("时段", "period"),
        "kind.time": ("时刻", "time"),
        "kind.ratio": ("比", "ratio"),
        "kind.score": ("比分", "score"),
        "kind.ordinal": ("序数", "ordinal"),
        "kind.code": ("编号", "code"),
        "kind.label": ("提法", "label"),
        "kind.name": ("名称", "name"),
    }
)


TYPE_WORDS = MappingProxyType(
    {key.removeprefix("type."): words for key, words in _WORDS.items() if key.startswith("type.")}
)
"""The types of claims in Chinese and English."""


def word(key: str, lang: Lang) -> str:
    """The word for `key` in `lang`.

    >>> word("arithmetic", "zh")
    '算式'
    """
    chinese, english = _WORDS[key]
    return english if lang == "en" else chinese
