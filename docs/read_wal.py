#!/usr/bin/env python3
"""Lists the transactions of a QuestDB WAL table: what the sequencer's log names, with the event of each.

    python3 read_wal.py <table folder>

Needs nothing but the stock runtime (pip install kaitaistruct) and the parsers that the stock compiler makes of walrescue's
specifications (kaitai-struct-compiler --target python). See docs/formats.md.
"""

import sys
from pathlib import Path

from event import Event
from txnlog import Txnlog
from txnlog_part import TxnlogPart


def log_records(table):
    """The committed transactions as (seqTxn, record), in order. Purged parts of the log are left out."""
    log = Txnlog.from_file(str(table / "txn_seq" / "_txnlog"))
    if log.format == 0:
        yield from enumerate(log.records_v1[: log.max_txn], start=1)
        return
    parts = sorted((table / "txn_seq" / "_txn_parts").iterdir(), key=lambda part: int(part.name))
    for part in parts:
        first = int(part.name) * log.num_part_txns + 1
        for seq_txn, record in enumerate(TxnlogPart.from_file(str(part)).records, start=first):
            if seq_txn <= log.max_txn:
                yield seq_txn, record


def describe(event):
    """An event in words: its kind, its rows and new symbols, its statement."""
    body = event.body
    kind = event.type.name if isinstance(event.type, Event.EventType) else f"type {event.type}"
    if isinstance(body, Event.DataBody):
        symbols = [
            f"{entry.key}={entry.symbol.value if entry.symbol.len_units > 0 else ''}"
            for diff in body.symbol_diffs
            if diff.column_index != -1
            for entry in diff.entries
        ]
        rows = f"rows {body.row_lo}..{body.row_hi}"
        return " ".join([kind, rows, *symbols])
    if isinstance(body, Event.SqlBody):
        return f"{kind} {body.sql.value}"
    return kind


def main(folder):
    table = Path(folder)
    segments = {}
    for seq_txn, record in log_records(table):
        if record.wal_id == -1:
            print(f"{seq_txn} structural change to version {record.structure_version}")
            continue
        if record.wal_id == -2:
            print(f"{seq_txn} DROP TABLE")
            continue
        place = f"wal{record.wal_id}/{record.segment_id}"
        path = table / place / "_event"
        if place not in segments:
            segments[place] = Event.from_file(str(path)).records if path.exists() else None
        events = segments[place]
        what = "purged" if events is None else describe(events[record.segment_txn])
        print(f"{seq_txn} {place} {record.segment_txn} {record.commit_timestamp_us} {what}")


if __name__ == "__main__":
    main(sys.argv[1])
