using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Ecart.Streaming.Files;

/// <summary>The first line of a CSV file.</summary>
/// <param name="Columns">Names in order.</param>
/// <param name="Separator">What stands between columns.</param>
internal sealed record CsvHeader(IReadOnlyList<string> Columns, byte Separator)
{
    private static readonly byte[] Candidates = [(byte)',', (byte)';', (byte)'\t', (byte)'|'];

    /// <summary>The separator as messages name it.</summary>
    public string SeparatorName => Separator == '\t' ? "tab" : $"'{(char)Separator}'";

    /// <summary>Reads the header and moves behind it.</summary>
    public static bool TryRead(
        ByteWindow window, char? separator, [NotNullWhen(true)] out CsvHeader? header, [NotNullWhen(false)] out string? error)
    {
        header = null;
        error = null;
        if (!TextLine.TryFind(window, out var line))
            error = window.Fault is { } fault ? $"cannot be read: {fault.Message}." : "has no header line.";
        else if (line.IsTooLong)
            error = "has a first line longer than 1 MiB: it is not CSV with a header.";
        else if (!Utf8.IsValid(line.Text(window)) || line.Text(window).Contains((byte)0))
            error = "has a header that is not UTF-8 text: convert the file, for example with iconv -t UTF-8.";
        if (error is not null)
            return false;

        var text = line.Text(window);
        var used = separator is { } given ? (byte)given : MostFrequent(text);
        var splitter = new CsvSplitter(used);
        if (splitter.SplitQuoted(text, isEnd: true, out var length) != CsvSplitOutcome.Complete || length != text.Length)
        {
            error = "has a header with an unbalanced quote: close it.";
            return false;
        }

        var columns = new string[splitter.Count];
        for (var column = 0; column < columns.Length; column++)
        {
            var range = splitter.Columns[column];
            columns[column] = Encoding.UTF8.GetString(splitter.Unquoted.Slice(range.Start, range.Length)).Trim();
        }

        header = new CsvHeader(columns, used);
        line.Consume(window);
        return true;
    }

    private static byte MostFrequent(ReadOnlySpan<byte> header)
    {
        Span<int> counts = stackalloc int[Candidates.Length];
        var isQuoted = false;
        foreach (var character in header)
        {
            isQuoted ^= character == '"';
            var candidate = Array.IndexOf(Candidates, character);
            if (!isQuoted && candidate >= 0)
                counts[candidate]++;
        }

        var best = 0;
        for (var candidate = 1; candidate < counts.Length; candidate++)
            best = counts[candidate] > counts[best] ? candidate : best;
        return Candidates[best];
    }
}
