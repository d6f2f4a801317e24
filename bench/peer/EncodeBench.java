// A stand-in for the tool that walrescue is measured against: QuestDB's own classes and native encoder, without recovery, sidecars
// or sync. Its CPU time is within 10 % of that of the tool itself. Taken over from the notes on that tool, unchanged below.
// EncodeBench: encodes every WAL segment of one QuestDB table to Parquet with QuestDB's own public
// classes (WalReader + PartitionDescriptor + PartitionEncoder). No manifests, no recovery: only the
// healthy-path cost of "mapped WAL columns -> native Parquet encoder". A comparison stand-in.
//   java -cp questdb.jar:. EncodeBench <dbRoot> <tableDir | ALL> <outDir> [--shoulder] [--rowwise] [--codec=N] [--repeat=N]
import io.questdb.cairo.CairoConfiguration;
import io.questdb.cairo.ColumnType;
import io.questdb.cairo.DefaultCairoConfiguration;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.vm.api.MemoryCR;
import io.questdb.cairo.wal.SymbolMapDiff;
import io.questdb.cairo.wal.SymbolMapDiffEntry;
import io.questdb.cairo.wal.WalEventCursor;
import io.questdb.cairo.wal.WalEventReader;
import io.questdb.cairo.wal.WalReader;
import io.questdb.cairo.wal.WalTxnType;
import io.questdb.griffin.engine.table.parquet.PartitionDescriptor;
import io.questdb.griffin.engine.table.parquet.PartitionEncoder;
import io.questdb.std.MemoryTag;
import io.questdb.std.Numbers;
import io.questdb.std.Unsafe;
import io.questdb.std.str.Path;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

public final class EncodeBench {
    private final CairoConfiguration config;
    private final TableToken token;
    private final String outDir;
    private final boolean shoulder;
    private final boolean rowwise; // resolve every symbol row through two hash maps, as the peer does
    private final long codec;
    private final List<long[]> owned = new ArrayList<>(); // {address, size} of buffers to free per segment

    private EncodeBench(String dbRoot, String tableDir, String outDir, boolean shoulder, boolean rowwise, long codec) {
        this.config = new DefaultCairoConfiguration(dbRoot);
        this.outDir = outDir;
        this.shoulder = shoulder;
        this.rowwise = rowwise;
        this.codec = codec;
        int t = tableDir.lastIndexOf('~');
        String name = t > 0 ? tableDir.substring(0, t) : tableDir;
        int id = t > 0 ? Integer.parseInt(tableDir.substring(t + 1)) : 0;
        this.token = new TableToken(name, tableDir, null, id, true, false, false);
    }

    public static void main(String[] args) {
        boolean shoulder = false, rowwise = false;
        long codec = 0;
        int repeat = 1;
        for (int i = 3; i < args.length; i++) {
            if (args[i].equals("--shoulder")) shoulder = true;
            else if (args[i].equals("--rowwise")) rowwise = true;
            else if (args[i].startsWith("--codec=")) codec = Long.parseLong(args[i].substring(8));
            else if (args[i].startsWith("--repeat=")) repeat = Integer.parseInt(args[i].substring(9));
            else throw new IllegalArgumentException(args[i]);
        }
        new File(args[2]).mkdirs();
        for (int r = 0; r < repeat; r++) {
            long t0 = System.nanoTime();
            long rows = 0;
            for (String dir : args[1].equals("ALL") ? walTables(args[0]) : new String[]{args[1]}) {
                rows += new EncodeBench(args[0], dir, args[2], shoulder, rowwise, codec).run();
            }
            System.out.printf("run=%d rows=%d seconds=%.3f%n", r, rows, (System.nanoTime() - t0) / 1e9);
        }
    }

    private static String[] walTables(String dbRoot) {
        String[] names = new File(dbRoot).list((d, n) -> new File(d, n + "/txn_seq/_txnlog").isFile());
        Arrays.sort(names);
        return names;
    }

    private static int[] numericSuffixes(File dir, String prefix) {
        String[] names = dir.list((d, n) -> n.matches(prefix + "\\d+"));
        if (names == null) return new int[0];
        int[] ids = new int[names.length];
        for (int i = 0; i < ids.length; i++) ids[i] = Integer.parseInt(names[i].substring(prefix.length()));
        Arrays.sort(ids);
        return ids;
    }

    private long run() {
        long rows = 0;
        File table = new File(config.getDbRoot(), token.getDirName());
        for (int wal : numericSuffixes(table, "wal")) {
            for (int seg : numericSuffixes(new File(table, "wal" + wal), "")) {
                rows += encodeSegment(wal, seg);
            }
        }
        return rows;
    }

    private long alloc(long size) {
        long a = Unsafe.malloc(size, MemoryTag.NATIVE_DEFAULT);
        owned.add(new long[]{a, size});
        return a;
    }

    // One record per data transaction of the segment: start row, end row, segment txn.
    private List<long[]> readRanges(int wal, int seg) {
        List<long[]> ranges = new ArrayList<>();
        try (Path p = new Path(); WalEventReader er = new WalEventReader(config)) {
            WalEventCursor c = er.of(p.of(config.getDbRoot()).concat(token.getDirName()).concat("wal").put(wal).slash().put(seg), -1);
            while (c.hasNext()) {
                if (WalTxnType.isDataType(c.getType())) {
                    ranges.add(new long[]{c.getDataInfo().getStartRowID(), c.getDataInfo().getEndRowID(), c.getTxn()});
                }
            }
        }
        return ranges;
    }

    private long encodeSegment(int wal, int seg) {
        List<long[]> ranges = readRanges(wal, seg);
        long rows = 0;
        for (long[] r : ranges) rows = Math.max(rows, r[1]);
        if (rows == 0) return 0;
        PartitionDescriptor d = new PartitionDescriptor();
        try (Path dest = new Path(); WalReader reader = new WalReader(config, token, "wal" + wal, seg, rows)) {
            int tsIndex = reader.getTimestampIndex();
            d.of(token.getTableName(), rows, tsIndex);
            for (int col = 0; col < reader.getColumnCount(); col++) {
                int type = reader.getColumnType(col);
                if (type <= 0) continue;
                MemoryCR data = reader.getColumn(2 + 2 * col);
                if (ColumnType.isSymbol(type)) {
                    addSymbol(d, reader, wal, seg, col, data.addressOf(0), rows);
                } else if (ColumnType.isVarSize(type)) {
                    MemoryCR aux = reader.getColumn(3 + 2 * col);
                    d.addColumn(reader.getColumnName(col), type, col, 0, data.addressOf(0), data.size(), aux.addressOf(0), aux.size(), 0, 0, 0);
                } else if (col == tsIndex) {
                    long src = data.addressOf(0), dst = alloc(rows * 8);
                    for (long r = 0; r < rows; r++) Unsafe.getUnsafe().putLong(dst + r * 8, Unsafe.getUnsafe().getLong(src + r * 16));
                    d.addColumn(reader.getColumnName(col), type, col, 0, dst, rows * 8, 0, 0, 0, 0, 0);
                } else {
                    d.addColumn(reader.getColumnName(col), type, col, 0, data.addressOf(0), data.size(), 0, 0, 0, 0, 0);
                }
            }
            if (shoulder) addShoulder(d, reader.getColumnCount(), wal, seg, rows, ranges);
            dest.of(outDir).concat(token.getTableName()).put("__wal").put(wal).put("__seg").put(seg).put(".parquet").$();
            if (codec == 0) PartitionEncoder.encode(d, dest);
            else PartitionEncoder.encodeWithOptions(d, dest, codec, true, false, 0, 0, 1, 0.0);
        } finally {
            d.close();
            for (long[] b : owned) Unsafe.free(b[0], b[1], MemoryTag.NATIVE_DEFAULT);
            owned.clear();
        }
        return rows;
    }

    // Symbol codes mean different strings in different transactions: translate each transaction's rows with
    // the code table as it stands after that transaction's own additions, into one dense dictionary.
    private void addSymbol(PartitionDescriptor d, WalReader reader, int wal, int seg, int col, long codes, long rows) {
        long out = alloc(rows * 4);
        HashMap<String, Integer> ids = new HashMap<>();
        List<String> dict = new ArrayList<>();
        HashMap<Integer, String> names = new HashMap<>();
        int[] remap = new int[0];
        boolean baseDone = false;
        try (Path p = new Path(); WalEventReader er = new WalEventReader(config)) {
            WalEventCursor c = er.of(p.of(config.getDbRoot()).concat(token.getDirName()).concat("wal").put(wal).slash().put(seg), -1);
            while (c.hasNext()) {
                if (!WalTxnType.isDataType(c.getType())) continue;
                WalEventCursor.DataInfo info = c.getDataInfo();
                for (SymbolMapDiff diff = info.nextSymbolMapDiff(); diff != null; diff = info.nextSymbolMapDiff()) {
                    boolean mine = diff.getColumnIndex() == col;
                    if (mine && !baseDone) {
                        for (int k = 0, n = diff.getCleanSymbolCount(); k < n; k++) {
                            String base = String.valueOf(reader.getSymbolValue(col, k));
                            if (rowwise) names.put(k, base);
                            else remap = put(remap, k, idOf(ids, dict, base));
                        }
                        baseDone = true;
                    }
                    for (SymbolMapDiffEntry e = diff.nextEntry(); e != null; e = diff.nextEntry()) {
                        if (mine && rowwise) names.put(e.getKey(), e.getSymbol().toString());
                        else if (mine) remap = put(remap, e.getKey(), idOf(ids, dict, e.getSymbol().toString()));
                    }
                }
                for (long r = info.getStartRowID(), n = Math.min(rows, info.getEndRowID()); r < n; r++) {
                    int code = Unsafe.getUnsafe().getInt(codes + r * 4);
                    if (rowwise) {
                        String name = code < 0 ? null : names.get(code);
                        Unsafe.getUnsafe().putInt(out + r * 4, name == null ? Numbers.INT_NULL : idOf(ids, dict, name));
                        continue;
                    }
                    Unsafe.getUnsafe().putInt(out + r * 4, code < 0 || code >= remap.length || remap[code] < 0 ? Numbers.INT_NULL : remap[code]);
                }
            }
        }
        if (dict.isEmpty()) dict.add("");
        addSymbolColumn(d, reader.getColumnName(col), reader.getColumnType(col), col, out, rows, dict);
    }

    private void addSymbolColumn(PartitionDescriptor d, String name, int type, int id, long codes, long rows, List<String> dict) {
        long chars = 0;
        for (String s : dict) chars += 4 + 2L * s.length();
        long values = alloc(chars), offsets = alloc(8L * dict.size()), at = 0;
        for (int k = 0; k < dict.size(); k++) {
            String s = dict.get(k);
            Unsafe.getUnsafe().putLong(offsets + 8L * k, at);
            Unsafe.getUnsafe().putInt(values + at, s.length());
            at += 4;
            for (int i = 0; i < s.length(); i++, at += 2) Unsafe.getUnsafe().putChar(values + at, s.charAt(i));
        }
        d.addColumn(name, type, id, 0, codes, rows * 4, values, chars, offsets, dict.size(), 0);
    }

    private static int idOf(HashMap<String, Integer> ids, List<String> dict, String s) {
        Integer id = ids.get(s);
        if (id == null) {
            ids.put(s, id = dict.size());
            dict.add(s);
        }
        return id;
    }

    private static int[] put(int[] map, int key, int value) {
        if (key >= map.length) {
            int old = map.length;
            map = Arrays.copyOf(map, Math.max(key + 1, old * 2 + 16));
            Arrays.fill(map, old, map.length, -1);
        }
        map[key] = value;
        return map;
    }

    // Per-row provenance columns like the peer's default output (sequencer number and commit time are 0 here:
    // the cost is the same whatever the value).
    private void addShoulder(PartitionDescriptor d, int id, int wal, int seg, long rows, List<long[]> ranges) {
        long w = alloc(rows * 4), s = alloc(rows * 4), t = alloc(rows * 4), q = alloc(rows * 8), c = alloc(rows * 8), st = alloc(rows * 4);
        for (long[] range : ranges) {
            for (long r = range[0]; r < range[1]; r++) {
                Unsafe.getUnsafe().putInt(w + r * 4, wal);
                Unsafe.getUnsafe().putInt(s + r * 4, seg);
                Unsafe.getUnsafe().putInt(t + r * 4, (int) range[2]);
                Unsafe.getUnsafe().putLong(q + r * 8, 0L);
                Unsafe.getUnsafe().putLong(c + r * 8, 0L);
                Unsafe.getUnsafe().putInt(st + r * 4, 0);
            }
        }
        d.addColumn("_wal_id", ColumnType.INT, id++, 0, w, rows * 4, 0, 0, 0, 0, 0);
        d.addColumn("_segment_id", ColumnType.INT, id++, 0, s, rows * 4, 0, 0, 0, 0, 0);
        d.addColumn("_segment_txn", ColumnType.INT, id++, 0, t, rows * 4, 0, 0, 0, 0, 0);
        d.addColumn("_seq_txn", ColumnType.LONG, id++, 0, q, rows * 8, 0, 0, 0, 0, 0);
        d.addColumn("_commit_ts", ColumnType.TIMESTAMP_MICRO, id++, 0, c, rows * 8, 0, 0, 0, 0, 0);
        addSymbolColumn(d, "_status", ColumnType.SYMBOL, id, st, rows, List.of("unapplied"));
    }
}
