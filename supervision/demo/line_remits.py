"""What each line of the demonstration is for, and how one of them was worded before."""

from __future__ import annotations

LINE_REMITS: dict[str, str] = {
    "SCJG": "食品药品、价格、广告、计量、特种设备、产品质量等的监督检查",
    "STHJ": "大气、水、土壤、固体废物、噪声等污染防治的监督检查",
    "JTYS": "道路运输、公路路政、水路运输、工程质量等的监督检查",
    "CSGL": "市容环境卫生、市政公用、违法建设等的监督检查",
    "YJGL": "安全生产、危险化学品、工贸和矿山企业等的监督检查",
}
# The wording with which the line was registered, before it was made more exact.
FIRST_WORDINGS: dict[str, str] = {"SCJG": "食品药品、价格、广告的监督检查"}
REWORDING_REASON = "按机构职责规定补全职责范围"
REGISTERED_DAYS_AGO = 420
REWORDED_DAYS_AGO = 200
