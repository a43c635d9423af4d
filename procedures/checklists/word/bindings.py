"""Which record field a merge field means: names used by the systems that print such forms, without case and counts."""

import re

FIELDS = {
    "inspection.order_number": "officialnumber ordernumber mandatenumber numarordin nrordin",
    "inspection.order_date": "officialdate orderdate orderinputdate dataordin",
    "inspection.party": "nameownergrid companyname providername inspectedparty partyname cpoorcipo ciponame objectname",
    "inspection.place": "locationcorrespondence locationname provideraddresscorrespondence address place cityname city",
    "inspection.starts_on": "controlstartdate onsitecontroldatefrom startdate inspectionstart",
    "inspection.ends_on": "controlenddate onsitecontroldateto enddate inspectionend",
    "inspection.period_from": "datefrom periodfrom",
    "inspection.period_to": "dateto periodto",
    "inspection.kind": "followupcontroltypename inspectionkind controlkind",
    "inspection.method": "controltypename inspectionmethod",
    "inspection.team": "experts team inspectors",
    "inspection.leader": "leader chiefexpert teamleader",
    "inspection.reference": "protocolnumber reportnumber reference",
    "measure.term": "deadlineperiod term measureterm",
    "organisation.name": "organisationname authorityname",
}
BY_NAME = {name: bound for bound, names in FIELDS.items() for name in names.split()}


def bound_to(name: str) -> str | None:
    """The record field of a merge field (``Official_number2`` is the order's number), or None: not bound."""
    return BY_NAME.get(re.sub(r"[\W\d_]+", "", name).lower())
