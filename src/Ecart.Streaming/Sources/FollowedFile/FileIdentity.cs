using System.IO.Hashing;
using Ecart.Streaming.Files;

namespace Ecart.Streaming.Sources.FollowedFile;

/// <summary>
/// What a file is, whatever it is called: its inode, and a hash of its beginning up to the end of the first record. An inode alone is soon given to
/// another file; a beginning alone is shared by a copy.
/// </summary>
/// <param name="Inode">See <see cref="FileNode"/>.</param>
/// <param name="Head">Hash of the beginning.</param>
internal readonly record struct FileIdentity(ulong Inode, ulong Head)
{
    private const int MostHeadBytes = 4096;

    /// <summary>Reads the identity of an open file.</summary>
    /// <returns>False while the first record is not complete.</returns>
    public static bool TryRead(FileStream file, FileFormat format, out FileIdentity identity)
    {
        Span<byte> bytes = stackalloc byte[MostHeadBytes];
        int length = 0;
        for (int count; length < MostHeadBytes && (count = RandomAccess.Read(file.SafeFileHandle, bytes[length..], length)) > 0;) length += count;
        bytes = bytes[..length];
        ReadOnlySpan<byte> text = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        bool hasHeader = format == FileFormat.Csv || (format == FileFormat.Detect && !text.TrimStart(" \t\r\n"u8).StartsWith("{"u8));
        int end = EndOfLine(bytes, 0);
        if (hasHeader && end >= 0) end = EndOfLine(bytes, end);
        // All logs of Zeek begin alike; what tells them apart is the last of their comments and the first record.
        if (format == FileFormat.Zeek || (format == FileFormat.Detect && ZeekRecords.Begins(text))) end = EndOfComments(bytes);
        if (end < 0 && length < MostHeadBytes)
        {
            identity = default;
            return false;
        }

        identity = new FileIdentity(FileNode.Of(file), XxHash3.HashToUInt64(end < 0 ? bytes : bytes[..end]));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Inode:x}-{Head:x16}";

    /// <summary>Position behind the first line that is no comment; -1 while it is not complete.</summary>
    private static int EndOfComments(ReadOnlySpan<byte> bytes)
    {
        int start = 0;
        while (true)
        {
            int end = EndOfLine(bytes, start);
            if (end < 0 || bytes[start] != '#') return end;
            start = end;
        }
    }

    /// <summary>Position behind the first line that is not blank; -1 while it is not complete.</summary>
    private static int EndOfLine(ReadOnlySpan<byte> bytes, int start)
    {
        while (true)
        {
            int length = bytes[start..].IndexOf((byte)'\n');
            if (length < 0) return -1;
            int end = start + length + 1;
            if (bytes[start..end].ContainsAnyExcept(" \t\r\n"u8)) return end;
            start = end;
        }
    }
}
