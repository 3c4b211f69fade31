using System.Buffers;
using Ecart.Streaming.Files;

namespace Ecart.Streaming.Sources.FollowedFile;

/// <summary>One of the files that a followed path has been: the present one, or one that was rotated away.</summary>
/// <param name="Path">What it is called now.</param>
/// <param name="Identity">What it is.</param>
/// <param name="Length">Bytes when it was looked at.</param>
/// <param name="CreatedAt">When it was created. The last change tells less: who writes may go on for a while in a file that was renamed.</param>
internal readonly record struct FileGeneration(string Path, FileIdentity Identity, long Length, DateTime CreatedAt)
{
    private static readonly SearchValues<char> OfNumbersAndDates = SearchValues.Create("0123456789.-_:TZ");

    /// <summary>
    /// Lists a path's files with a complete record, the oldest first, the path's own last: names that begin with the path's and go on with a dot or
    /// hyphen and a number or date, by the time at which they were created. Packed ones are left out.
    /// </summary>
    public static List<FileGeneration> List(string path, FileFormat format)
    {
        string folder = System.IO.Path.GetDirectoryName(path)!;
        string name = System.IO.Path.GetFileName(path);
        var generations = new List<FileGeneration>();
        if (!Directory.Exists(folder)) return generations;
        IEnumerable<FileInfo> rotated = new DirectoryInfo(folder).EnumerateFiles()
            .Where(file => file.Name.StartsWith(name, StringComparison.Ordinal) && IsRotation(file.Name.AsSpan(name.Length)))
            .OrderBy(file => file.CreationTimeUtc).ThenByDescending(file => file.Name, StringComparer.Ordinal);
        foreach (string candidate in rotated.Select(file => file.FullName).Append(path))
        {
            if (TryLook(candidate, format) is { } generation) generations.Add(generation);
        }

        return generations;
    }

    /// <summary>Opens a file for reading while others write, rename and delete it.</summary>
    public static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);

    private static bool IsRotation(ReadOnlySpan<char> suffix) =>
        suffix is ['.' or '-', >= '0' and <= '9', ..] && !suffix[1..].ContainsAnyExcept(OfNumbersAndDates);

    private static FileGeneration? TryLook(string path, FileFormat format)
    {
        try
        {
            using FileStream file = Open(path);
            Span<byte> magic = stackalloc byte[2];
            bool isPacked = RandomAccess.Read(file.SafeFileHandle, magic, 0) == 2 && magic is [0x1F, 0x8B];
            return !isPacked && FileIdentity.TryRead(file, format, out FileIdentity identity)
                ? new FileGeneration(path, identity, file.Length, File.GetCreationTimeUtc(file.SafeFileHandle))
                : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
