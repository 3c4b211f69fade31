using System.IO.Compression;

namespace Ecart.Eval.Running;

/// <summary>Text files of public data, compressed or not.</summary>
internal static class CompressedText
{
    /// <summary>The lines of a file, uncompressed when its name ends in <c>.gz</c>; empty ones are left out.</summary>
    /// <exception cref="EvaluationException">The file is damaged.</exception>
    public static IReadOnlyList<string> Lines(string path)
    {
        using FileStream file = File.OpenRead(path);
        using Stream text = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(text);
        var lines = new List<string>();
        try
        {
            while (reader.ReadLine() is { } line)
                if (line.Length > 0) lines.Add(line);
        }
        catch (InvalidDataException error)
        {
            throw new EvaluationException($"{path} is damaged: {error.Message} Fetch it again.", EvaluationProgram.Failed);
        }

        return lines;
    }

    /// <summary>The file of that name in a folder, as it is or compressed; null when there is neither.</summary>
    public static string? Find(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        if (File.Exists(path)) return path;
        return File.Exists(path + ".gz") ? path + ".gz" : null;
    }
}
