using System.Text;

namespace Ecart.Eval.Running;

/// <summary>
/// Results of an evaluation as a CSV file under version control, one row a run. A run replaces its own earlier row, and rows are sorted by their
/// keys, so the same runs in any order give the same file.
/// </summary>
/// <param name="path">The file; made when it is missing.</param>
/// <param name="header">Names of the columns.</param>
/// <param name="keyColumns">How many of the first columns tell one run from another.</param>
internal sealed class ResultTable(string path, IReadOnlyList<string> header, int keyColumns)
{
    /// <summary>Writes a run's row. Values contain no comma, quote or line end.</summary>
    public void Put(IReadOnlyList<string> row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Count, header.Count, nameof(row));
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string names = string.Join(',', header);
        string[] lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        // Rows of another form were written by another version: their runs have to be repeated.
        if (lines.Length > 0 && lines[0] == names)
            foreach (string line in lines.Skip(1)) rows[KeyOf(line.Split(','))] = line;
        rows[KeyOf(row)] = string.Join(',', row);
        var text = new StringBuilder(names).Append('\n');
        foreach (string line in rows.Values) text.Append(line).Append('\n');
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.ToString());
    }

    private string KeyOf(IReadOnlyList<string> row) => string.Join(',', row.Take(keyColumns));
}
