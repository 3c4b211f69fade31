using System.Globalization;
using System.IO.Compression;
using Ecart.Eval.Running;
using Ecart.Vectors;

namespace Ecart.Eval.Plants;

/// <summary>Signals of one plant, sampled together, with what a person said of each row.</summary>
/// <param name="Name">For tables.</param>
/// <param name="Signals">Names of the columns of <paramref name="Values"/>.</param>
/// <param name="Values">One row a sample, in order. What is missing has the value before it.</param>
/// <param name="IsAnomaly">One a row; null when the file has no such column.</param>
/// <param name="Times">One a row; null when the file has none that can be read.</param>
internal sealed record PlantRecord(string Name, IReadOnlyList<string> Signals, Matrix Values, bool[]? IsAnomaly, DateTime[]? Times)
{
    private static readonly string[] TimeColumns = ["datetime", "timestamp", "time", "date"];
    private static readonly string[] TimeForms = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "dd/MM/yy HH", "dd/MM/yyyy HH", "dd/MM/yyyy HH:mm", "dd/MM/yy HH:mm"];

    /// <summary>The CSV files below a folder, compressed or not, in the order of their paths.</summary>
    public static IReadOnlyList<string> FilesBelow(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)];

    /// <summary>Whether a file has a column of this name.</summary>
    public static bool HasColumn(string path, string column)
    {
        using StreamReader reader = Open(path);
        return NamesOf(reader.ReadLine() ?? "", out _).Contains(column, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">CSV with a header; commas or semicolons; compressed when it ends with <c>.gz</c>.</param>
    /// <param name="label">Column that is 1 in a row that is no normal one.</param>
    /// <param name="others">Columns that are no signals.</param>
    /// <exception cref="EvaluationException">No signal, a row of another length, or a value that is no number.</exception>
    public static PlantRecord Read(string path, string label, params IReadOnlyList<string> others)
    {
        using StreamReader reader = Open(path);
        string[] names = NamesOf(reader.ReadLine() ?? "", out char separator);
        int time = Array.FindIndex(names, name => TimeColumns.Contains(name, StringComparer.OrdinalIgnoreCase));
        int flag = Array.FindIndex(names, name => name.Equals(label, StringComparison.OrdinalIgnoreCase));
        int[] signals = [.. Enumerable.Range(0, names.Length)
            .Where(i => i != time && i != flag && names[i].Length > 0 && !others.Contains(names[i], StringComparer.OrdinalIgnoreCase))];
        if (signals.Length == 0) throw new EvaluationException($"{path} has no column of a signal: its header is '{string.Join(separator, names)}'.");
        var values = new List<float>();
        var flags = new List<bool>();
        var times = new List<DateTime>();
        for (int line = 2; reader.ReadLine() is { } text; line++)
        {
            if (text.Length == 0) continue;
            string[] cells = text.Split(separator);
            if (cells.Length != names.Length)
                throw new EvaluationException($"{path}, line {line} has {cells.Length} cells; the header has {names.Length} names.");
            foreach (int signal in signals)
                values.Add(NumberOf(cells[signal], values.Count >= signals.Length ? values[^signals.Length] : 0, $"{path}, line {line}, column {names[signal]}"));
            if (flag >= 0) flags.Add(NumberOf(cells[flag], 0, $"{path}, line {line}, column {names[flag]}") == 1);
            if (time >= 0 && TryTime(cells[time], out DateTime at)) times.Add(at);
        }

        int rows = values.Count / signals.Length;
        return new PlantRecord(
            NameOf(path),
            [.. signals.Select(signal => names[signal])],
            new Matrix([.. values], rows, signals.Length),
            flag < 0 ? null : [.. flags],
            times.Count == rows ? [.. times] : null);
    }

    /// <summary>A file's name without its endings.</summary>
    public static string NameOf(string path)
    {
        string name = Path.GetFileName(path);
        int end = name.IndexOf(".csv", StringComparison.OrdinalIgnoreCase);
        return end > 0 ? name[..end] : name;
    }

    private static StreamReader Open(string path)
    {
        Stream file = File.OpenRead(path);
        return new StreamReader(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file);
    }

    private static string[] NamesOf(string header, out char separator)
    {
        separator = header.Contains(';') ? ';' : ',';
        return [.. header.Split(separator).Select(name => name.Trim().Trim('"').Trim())];
    }

    private static float NumberOf(string cell, float before, string place)
    {
        ReadOnlySpan<char> text = cell.AsSpan().Trim().Trim('"');
        if (text.Length == 0) return before;
        if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value))
            throw new EvaluationException($"{place}: '{cell}' is no number.");
        return float.IsFinite(value) ? value : before;
    }

    private static bool TryTime(string cell, out DateTime time) =>
        DateTime.TryParseExact(cell.Trim().Trim('"'), TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
