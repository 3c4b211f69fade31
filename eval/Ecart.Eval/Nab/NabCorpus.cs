using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Ecart.Eval.Running;

namespace Ecart.Eval.Nab;

/// <summary>Reads streams and windows of the benchmark's own form.</summary>
internal static class NabCorpus
{
    /// <summary>Name of the set's folder.</summary>
    public const string SetName = "nab";

    private const string WindowsFile = "combined_windows.json";

    /// <summary>Whether a folder holds the windows of a corpus.</summary>
    public static bool IsSet(string folder) => File.Exists(Path.Combine(folder, WindowsFile));

    /// <summary>The weights that a corpus comes with.</summary>
    public static IReadOnlyList<NabProfile> Profiles(string folder) => NabProfile.Load(Path.Combine(folder, "profiles.json"));

    /// <summary>Every stream below <c>data</c> (or below the folder itself where it has none), by name.</summary>
    /// <param name="folder">The set's folder.</param>
    /// <param name="notice">Told of a stream that the windows file does not name; it counts as one without anomaly.</param>
    /// <exception cref="EvaluationException">There is no stream, or a file is not of the form.</exception>
    public static IReadOnlyList<NabStream> Load(string folder, Action<string> notice)
    {
        Dictionary<string, string[][]> windows = Windows(Path.Combine(folder, WindowsFile));
        string data = Path.Combine(folder, "data");
        if (!Directory.Exists(data)) data = folder;
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories))
            if (NameOf(data, path) is { } name) files.TryAdd(name, path);
        if (files.Count == 0) throw new EvaluationException($"{data} holds no .csv or .csv.gz: put the streams there or give another folder by --data DIR.");
        return [.. files.Select(file => Read(file.Key, file.Value, windows, notice))];
    }

    private static Dictionary<string, string[][]> Windows(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string[][]>>(File.ReadAllBytes(path)) ?? [];
        }
        catch (Exception error) when (error is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new EvaluationException($"{path} does not map names of streams to pairs of times: {error.Message}");
        }
    }

    private static string? NameOf(string data, string path)
    {
        string name = Path.GetRelativePath(data, path).Replace('\\', '/');
        if (name.EndsWith(".gz", StringComparison.Ordinal)) name = name[..^3];
        // The proof of the scorer lies beside the data and is none.
        return name.EndsWith(".csv", StringComparison.Ordinal) && !name.StartsWith("scorer_check/", StringComparison.Ordinal) ? name : null;
    }

    private static NabStream Read(string name, string path, Dictionary<string, string[][]> windows, Action<string> notice)
    {
        List<NabPoint> points;
        try
        {
            points = ReadPoints(path);
        }
        catch (InvalidDataException error)
        {
            throw new EvaluationException($"{path} is damaged: {error.Message}", EvaluationProgram.Failed);
        }

        if (!windows.TryGetValue(name, out string[][]? pairs))
        {
            notice($"{WindowsFile} does not name {name}: it counts as a stream without anomaly.");
            pairs = [];
        }

        return new NabStream(name, points, [.. pairs.Select(pair => Locate(name, points, pair)).OrderBy(window => window.First)]);
    }

    private static List<NabPoint> ReadPoints(string path)
    {
        using Stream file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        string[] header = reader.ReadLine()?.Split(',') ?? [];
        int time = Array.IndexOf(header, "timestamp");
        int value = Array.IndexOf(header, "value");
        if (time < 0 || value < 0) throw new EvaluationException($"{path} does not begin with a header that names timestamp and value.");
        var points = new List<NabPoint>();
        for (string? line = reader.ReadLine(); line is not null; line = reader.ReadLine())
        {
            if (line.Length == 0) continue;
            string[] cells = line.Split(',');
            if (cells.Length != header.Length || !TryTime(cells[time], out DateTime at) || !TryValue(cells[value], out double number))
                throw new EvaluationException($"{path}, line {points.Count + 2}: '{line}' is not a time and a number.");
            points.Add(new NabPoint(at, number, cells[time], cells[value]));
        }

        return points;
    }

    private static NabWindow Locate(string name, List<NabPoint> points, string[] pair)
    {
        if (pair.Length != 2 || !TryTime(pair[0], out DateTime from) || !TryTime(pair[1], out DateTime to) || to < from)
            throw new EvaluationException($"{WindowsFile}: a window of {name} is not a pair of times in order.");
        // The benchmark looks the exact times up; between points the nearest inside counts.
        int first = points.FindIndex(point => point.Time == from);
        if (first < 0) first = points.FindIndex(point => point.Time >= from);
        int last = points.FindIndex(point => point.Time == to);
        if (last < 0) last = points.FindLastIndex(point => point.Time <= to);
        return first >= 0 && last >= first
            ? new NabWindow(first, last)
            : throw new EvaluationException($"{WindowsFile}: no point of {name} lies in its window {pair[0]} to {pair[1]}.");
    }

    private static bool TryTime(string text, out DateTime time) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    private static bool TryValue(string text, out double value)
    {
        value = double.NaN;
        return text.Length == 0 || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
