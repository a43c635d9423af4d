"""Which record field a merge field means: names used by the systems that print such forms, without case and counts."""

import re

FIELDS = {
    "inspection.order_number": "officialnumber ordernumber mandatenumber numarordin nrordin",
    "inspection.order_on": "officialdate orderdate orderinputdate dataordin",
    "inspection.object_name": "nameownergrid companyname providername cpoorcipo ciponame objectname inspectedparty",
    "inspection.object_address": "locationcorrespondence provideraddresscorrespondence locationname address",
    "inspection.representative": "directorfullname contactperson representative",
    "inspection.began_at": "controlstartdate onsitecontroldatefrom startdate",
    "inspection.ended_at": "controlenddate onsitecontroldateto enddate",
    "inspection.period_from": "datefrom periodfrom",
    "inspection.period_to": "dateto periodto",
    "inspection.team": "experts team inspectors",
    "inspection.leader": "leader teamleader chiefexpert",
    "inspection.reference": "reference inspectionnumber",
    "inspection.report_number": "reportnumber protocolnumber",
    "measure.span": "deadlineperiod measureterm",
    "organisation.name": "organisationname authorityname",
}
BY_NAME = {name: bound for bound, names in FIELDS.items() for name in names.split()}


def bound_to(name: str) -> str | None:
    """The record field of a merge field (``Official_number2`` is the order's number), or None: not bound."""
    return BY_NAME.get(re.sub(r"[\W\d_]+", "", name).lower())
