using System.Globalization;
using Ecart.Eval.Running;

namespace Ecart.Eval.NslKdd;

/// <summary>The files of the set: <c>KDDTrain*</c> with a header, and perhaps <c>KDDTest*</c>, with or without one.</summary>
internal static class NslKddFiles
{
    public const string SetName = "nsl_kdd";

    private const string Label = "label";
    private const string Category = "category";
    private const string Difficulty = "difficulty";

    public static bool IsSet(string folder) => Find(folder, "KDDTrain") is not null;

    /// <summary>The training records, and those of a test file when there is one.</summary>
    public static (ConnectionRecords Training, ConnectionRecords? Test, string? TestFile) Read(string folder)
    {
        string training = Find(folder, "KDDTrain") ?? throw new EvaluationException($"{folder} has no KDDTrain*.csv[.gz]: give the folder that has it by --data DIR.");
        IReadOnlyList<string> lines = CompressedText.Lines(training);
        string[] header = lines.Count == 0 ? [] : lines[0].Split(',');
        if (!header.Contains(Label)) throw new EvaluationException($"{training} has no header with a column {Label}: it is not of the form of this evaluation.");
        ConnectionRecords records = Read(training, header, header, lines.Skip(1));
        string? test = Find(folder, "KDDTest");
        return (records, test is null ? null : ReadTest(test, header), test);
    }

    private static ConnectionRecords ReadTest(string path, string[] trainingHeader)
    {
        IReadOnlyList<string> lines = CompressedText.Lines(path);
        string[] first = lines.Count == 0 ? [] : lines[0].Split(',');
        if (first.Contains(Label)) return Read(path, first, trainingHeader, lines.Skip(1));
        // As first published: no header, the training file's columns without the category.
        string[] columns = first.Length == trainingHeader.Length ? trainingHeader : [.. trainingHeader.Where(name => name != Category)];
        return Read(path, columns[..Math.Min(first.Length, columns.Length)], trainingHeader, lines);
    }

    /// <param name="path">For messages.</param>
    /// <param name="header">Columns of this file.</param>
    /// <param name="trainingHeader">Columns of the training file, whose order counts.</param>
    /// <param name="lines">Without the header.</param>
    private static ConnectionRecords Read(string path, string[] header, string[] trainingHeader, IEnumerable<string> lines)
    {
        string[] names = [.. trainingHeader.Where(name => name is not (Label or Category or Difficulty))];
        int[] positions = [.. names.Select(name => Array.IndexOf(header, name))];
        int label = Array.IndexOf(header, Label);
        if (label < 0 || positions.Contains(-1))
        {
            string missing = label < 0 ? Label : names[Array.IndexOf(positions, -1)];
            throw new EvaluationException($"{path} has no column {missing}: its columns must be those of the training file.");
        }

        int category = Array.IndexOf(header, Category);
        var cells = new List<string[]>();
        var labels = new List<string>();
        var categories = new List<string>();
        foreach (string[] line in lines.Select(line => line.Split(',')))
        {
            if (line.Length != header.Length)
                throw new EvaluationException(string.Create(CultureInfo.InvariantCulture, $"{path}: record {cells.Count + 1} has {line.Length} values; {header.Length} are expected."));
            cells.Add([.. positions.Select(position => line[position])]);
            labels.Add(line[label].TrimEnd('.'));
            categories.Add(category < 0 ? labels[^1] : line[category]);
        }

        if (cells.Count == 0) throw new EvaluationException($"{path} has no record.");
        return new ConnectionRecords(names, cells, labels, categories);
    }

    private static string? Find(string folder, string prefix) => Directory.EnumerateFiles(folder, prefix + "*")
        .Where(path => path.EndsWith(".csv", StringComparison.Ordinal) || path.EndsWith(".gz", StringComparison.Ordinal) || path.EndsWith(".txt", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .FirstOrDefault();
}
