using System.IO.Compression;
using Ecart.Domains.Network;
using Ecart.Domains.Network.Captures;
using Ecart.Domains.Network.Decoding;
using Ecart.Eval.Running;
using Ecart.Events.Decoding;
using Ecart.Streaming.Files;

namespace Ecart.Eval.Network;

/// <summary>The connections of one file in the order of event time, with their labels where it has any.</summary>
/// <param name="Name">Name of the file without endings.</param>
/// <param name="Flows">Connections with their labels; null for none.</param>
/// <param name="Rejected">Records that are no connections.</param>
internal sealed record NetworkCapture(string Name, IReadOnlyList<(NetworkFlow Flow, TruthLabel? Truth)> Flows, int Rejected)
{
    private static readonly string[] Endings = [".csv", ".log", ".json", ".binetflow", ".pcap", ".pcapng", ".cap"];

    /// <summary>The files of a folder that can be read, by name.</summary>
    public static IReadOnlyList<string> FilesIn(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(IsCapture).Order(StringComparer.Ordinal)];

    /// <summary>Whether a name is that of a capture or a log of connections.</summary>
    public static bool IsCapture(string path) => Endings.Contains(Path.GetExtension(Plain(path)), StringComparer.Ordinal);

    /// <summary>Reads a file of any of the formats.</summary>
    /// <exception cref="EvaluationException">It cannot be read.</exception>
    public static NetworkCapture Read(string path)
    {
        string name = Path.GetFileNameWithoutExtension(Plain(path));
        foreach (string ending in Endings)
            if (name.EndsWith(ending, StringComparison.Ordinal)) name = name[..^ending.Length];
        return Path.GetExtension(Plain(path)) is ".pcap" or ".pcapng" or ".cap" ? ReadPackets(path, name) : ReadRecords(path, name);
    }

    private static string Plain(string path) => path.EndsWith(".gz", StringComparison.Ordinal) ? path[..^3] : path;

    private static NetworkCapture ReadPackets(string path, string name)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            using var bytes = new MemoryStream();
            using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
            plain.CopyTo(bytes);
            IReadOnlyList<NetworkFlow> flows = PacketFlows.Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), name);
            return new NetworkCapture(name, [.. flows.Select(static flow => (flow, (TruthLabel?)null))], 0);
        }
        catch (Exception error) when (error is CaptureException or InvalidDataException)
        {
            throw new EvaluationException($"{path}: {error.Message}", EvaluationProgram.Failed);
        }
    }

    private static NetworkCapture ReadRecords(string path, string name)
    {
        var decoder = new NetworkDecoder();
        if (!RecordReader.TryOpen([path], decoder, FieldMap.Automatic(decoder.Schema), null, out RecordReader? reader, out FileFailure? failure))
            throw new EvaluationException(failure.Message, EvaluationProgram.Failed);
        using RecordReader opened = reader;
        var flows = new List<(NetworkFlow Flow, TruthLabel? Truth)>();
        int rejected = 0;
        while (opened.TryRead(out FileRecord record))
        {
            if (record.Event is NetworkFlow flow) flows.Add((flow, record.Truth));
            else rejected++;
        }

        if (opened.Failure is { } stopped) throw new EvaluationException(stopped.Message, EvaluationProgram.Failed);
        return new NetworkCapture(name, [.. flows.OrderBy(static pair => pair.Flow.OccurredAt)], rejected);
    }
}
