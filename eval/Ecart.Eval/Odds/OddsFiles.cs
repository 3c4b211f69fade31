using System.Globalization;
using Ecart.Eval.Running;
using Ecart.Vectors;

namespace Ecart.Eval.Odds;

/// <summary>Reads data sets of the form <c>x0,..,label</c>, their splits and what was published of them.</summary>
internal static class OddsFiles
{
    public const string SetName = "odds";

    private const string SplitsPrefix = "splits_";

    /// <summary>Whether a folder holds a file of splits.</summary>
    public static bool IsSet(string folder) => SplitFiles(folder).Any();

    /// <summary>Every set that the files of splits name and the folder holds, in alphabetical order.</summary>
    /// <exception cref="EvaluationException">There is none, or a file is not of the form.</exception>
    public static IReadOnlyList<OddsSet> Read(string folder)
    {
        var splits = new SortedDictionary<string, List<(int Trial, string Mask)>>(StringComparer.Ordinal);
        foreach (string path in SplitFiles(folder).Order(StringComparer.Ordinal)) ReadSplits(path, splits);
        var sets = new List<OddsSet>();
        foreach ((string name, List<(int Trial, string Mask)> trials) in splits)
            if (CompressedText.Find(folder, name + ".csv") is { } path) sets.Add(ReadSet(name, path, trials));
        if (sets.Count == 0)
        {
            throw new EvaluationException(
                $"{folder} holds no data set with splits: it needs {SplitsPrefix}*.csv[.gz] with the columns dataset,trial,test_mask and a file NAME.csv[.gz] "
                + "for a dataset that it names. Give another folder by --data DIR.");
        }

        return sets;
    }

    /// <summary>
    /// Published figures: by set, by detector. Files that are missing are passed over, an earlier one goes before a later one; 0 means that it was not run and is left
    /// out.
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> ReadPublished(string folder, params string[] files)
    {
        var published = new Dictionary<string, Dictionary<string, double>>(StringComparer.Ordinal);
        foreach (string? path in files.Select(file => CompressedText.Find(folder, file)))
            if (path is not null) ReadPublished(path, published);
        return published.ToDictionary(set => set.Key, set => (IReadOnlyDictionary<string, double>)set.Value, StringComparer.Ordinal);
    }

    private static void ReadPublished(string path, Dictionary<string, Dictionary<string, double>> published)
    {
        IReadOnlyList<string> lines = CompressedText.Lines(path);
        string[] names = lines[0].Split(',');
        foreach (string[] cells in lines.Skip(1).Select(line => line.Split(',')))
        {
            if (!published.TryGetValue(cells[0], out Dictionary<string, double>? figures)) published[cells[0]] = figures = new Dictionary<string, double>(StringComparer.Ordinal);
            for (int i = 4; i < Math.Min(names.Length, cells.Length); i++)
                if (double.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out double figure) && figure > 0) figures.TryAdd(names[i].Trim(), figure);
        }
    }

    private static IEnumerable<string> SplitFiles(string folder) =>
        Directory.EnumerateFiles(folder, SplitsPrefix + "*").Where(path => path.EndsWith(".csv", StringComparison.Ordinal) || path.EndsWith(".csv.gz", StringComparison.Ordinal));

    private static void ReadSplits(string path, SortedDictionary<string, List<(int Trial, string Mask)>> splits)
    {
        foreach (string line in CompressedText.Lines(path).Skip(1))
        {
            string[] cells = line.Split(',');
            if (cells.Length != 3 || !int.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out int trial))
                throw new EvaluationException($"{path} has a line that is not dataset,trial,test_mask: {line[..Math.Min(60, line.Length)]}.");
            if (!splits.TryGetValue(cells[0], out List<(int Trial, string Mask)>? trials)) splits[cells[0]] = trials = [];
            trials.Add((trial, cells[2]));
        }
    }

    private static OddsSet ReadSet(string name, string path, List<(int Trial, string Mask)> trials)
    {
        IReadOnlyList<string> lines = CompressedText.Lines(path);
        int columns = lines.Count == 0 ? 0 : lines[0].Split(',').Length - 1;
        if (columns < 1 || lines[0].Split(',')[columns] != "label") throw new EvaluationException($"{path} has no header x0,..,label: it is not of the form of this evaluation.");
        var rows = new Matrix(lines.Count - 1, columns);
        var isOutlier = new bool[rows.Rows];
        for (int row = 0; row < rows.Rows; row++)
        {
            string[] cells = lines[row + 1].Split(',');
            if (cells.Length != columns + 1) throw new EvaluationException($"{path}, line {row + 2} has {cells.Length} values; {columns + 1} are expected.");
            for (int column = 0; column < columns; column++) rows.Row(row)[column] = Number(path, row, cells[column]);
            isOutlier[row] = Number(path, row, cells[columns]) != 0;
        }

        return new OddsSet(name, rows, isOutlier, [.. trials.OrderBy(trial => trial.Trial).Select(trial => Mask(path, trial.Mask, rows.Rows))]);
    }

    private static float Number(string path, int row, string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number)
            ? number
            : throw new EvaluationException($"{path}, line {row + 2}: '{text}' is not a number.");

    private static bool[] Mask(string path, string mask, int rows)
    {
        if (mask.Length != rows || mask.AsSpan().ContainsAnyExcept('0', '1'))
            throw new EvaluationException($"{path} has {rows} rows; a split of it has {mask.Length} marks, which must be 0 or 1, one a row.");
        bool[] isTest = [.. mask.Select(mark => mark == '1')];
        return isTest.Contains(true) && isTest.Contains(false) ? isTest : throw new EvaluationException($"A split of {path} leaves nothing to train on or nothing to test.");
    }
}
