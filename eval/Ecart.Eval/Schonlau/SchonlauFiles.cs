using System.Globalization;
using Ecart.Embedding;
using Ecart.Eval.Running;

namespace Ecart.Eval.Schonlau;

/// <summary>The files of the set: every <c>*.csv</c>, compressed or not, with the columns user, seq, block, command and masquerade.</summary>
internal static class SchonlauFiles
{
    public const string SetName = "schonlau";

    private static readonly string[] Columns = ["user", "seq", "block", "command", "masquerade"];

    public static bool IsSet(string folder) => Files(folder).Any();

    /// <summary>All users of all files, in the order of their ids.</summary>
    public static IReadOnlyList<SchonlauUser> Read(string folder)
    {
        var lines = new Dictionary<string, SortedList<long, (string Command, int Block, bool IsMasquerade)>>(StringComparer.Ordinal);
        foreach (string path in Files(folder)) Read(path, lines);
        if (lines.Count < 2)
            throw new EvaluationException($"{folder} has the commands of {lines.Count} users: at least two are needed, one to compare with the other.");
        return [.. lines.OrderBy(user => user.Key.Length).ThenBy(user => user.Key, StringComparer.Ordinal).Select(user => Make(user.Key, user.Value))];
    }

    private static void Read(string path, Dictionary<string, SortedList<long, (string Command, int Block, bool IsMasquerade)>> users)
    {
        IReadOnlyList<string> lines = CompressedText.Lines(path);
        string[] header = lines.Count == 0 ? [] : [.. lines[0].Split(',').Select(name => name.Trim().ToLowerInvariant())];
        int[] places = [.. Columns.Select(name => Array.IndexOf(header, name))];
        if (places.Contains(-1))
            throw new EvaluationException($"{path} has no column {Columns[Array.IndexOf(places, -1)]}: its header must be {string.Join(',', Columns)}.");
        for (int i = 1; i < lines.Count; i++)
        {
            string[] cells = lines[i].Split(',');
            if (cells.Length != header.Length) throw Damaged(path, i, $"has {cells.Length} values; {header.Length} are expected");
            if (!long.TryParse(cells[places[1]], NumberStyles.Integer, CultureInfo.InvariantCulture, out long seq)) throw Damaged(path, i, "has no whole number in column seq");
            if (!int.TryParse(cells[places[2]], NumberStyles.Integer, CultureInfo.InvariantCulture, out int block)) throw Damaged(path, i, "has no whole number in column block");
            string user = cells[places[0]];
            if (!users.TryGetValue(user, out var commands)) users.Add(user, commands = []);
            if (!commands.TryAdd(seq, (cells[places[3]], block, cells[places[4]] is "1" or "true")))
                throw Damaged(path, i, $"repeats command {seq} of user {user}");
        }
    }

    private static SchonlauUser Make(string id, SortedList<long, (string Command, int Block, bool IsMasquerade)> commands)
    {
        int blocks = commands.Count / SchonlauUser.BlockLength;
        if (blocks <= SchonlauUser.CleanBlocks || commands.Count % SchonlauUser.BlockLength != 0)
        {
            throw new EvaluationException(
                $"User {id} has {commands.Count} commands: blocks of {SchonlauUser.BlockLength} are expected, {SchonlauUser.CleanBlocks} clean ones and at least one more.");
        }

        var isMasquerade = new bool[blocks];
        for (int i = 0; i < commands.Count; i++)
        {
            (_, int block, bool isOther) = commands.GetValueAtIndex(i);
            if (block != i / SchonlauUser.BlockLength)
                throw new EvaluationException($"User {id}: command {commands.GetKeyAtIndex(i)} says block {block}; {i / SchonlauUser.BlockLength} is expected.");
            isMasquerade[block] |= isOther;
        }

        if (isMasquerade.AsSpan(0, SchonlauUser.CleanBlocks).Contains(true))
            throw new EvaluationException($"User {id} has masquerades among the first {SchonlauUser.CleanBlocks} blocks, which must be clean.");
        return new SchonlauUser(id, [.. commands.Values.Select(command => FeatureHash.Of(command.Command))], isMasquerade);
    }

    private static EvaluationException Damaged(string path, int line, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path}, line {line + 1}, {what}."), EvaluationProgram.Failed);

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder)
        .Where(path => path.EndsWith(".csv", StringComparison.Ordinal) || path.EndsWith(".csv.gz", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);
}
