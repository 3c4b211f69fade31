using System.Text;

namespace Ecart.Embedded.Processes;

/// <summary>The end of a log file, for messages.</summary>
internal static class LogTail
{
    private const int MostBytes = 16 * 1024;

    /// <returns>The last lines, indented by two spaces; a sentence when there is no log.</returns>
    public static string Read(string path, int lines = 12)
    {
        if (!File.Exists(path)) return $"  ({path} was not written)";
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(-Math.Min(MostBytes, stream.Length), SeekOrigin.End);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var tail = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lines);
        return string.Join('\n', tail.Select(line => "  " + line));
    }
}
