using System.IO.Compression;
using System.Text;
using Ecart.Domains.Transactions;
using Ecart.Events.Decoding;
using Ecart.Streaming.Files;
using Xunit;

namespace Ecart.Streaming.Tests.Files;

/// <summary>A folder of small input files of one test.</summary>
internal sealed class FileCase : IDisposable
{
    public const string Header = "uid,account,occurred_at,amount,city\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("ecart-files-").FullName;

    public static string Row(string uid, string city = "Lyon") => $"{uid},A1,2018-04-01 07:30:00,57.16,{city}\n";

    public string Write(string content, string name = "cards.csv") => Write(Encoding.UTF8.GetBytes(content), name);

    public string Write(byte[] content, string name = "cards.csv")
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public static byte[] Pack(string content)
    {
        var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest))
            stream.Write(Encoding.UTF8.GetBytes(content));
        return packed.ToArray();
    }

    public static RecordReader Open(string[] paths, string? map = null, RecordReaderOptions? options = null)
    {
        Assert.True(TryOpen(paths, map, options, out var reader, out var failure), failure?.Message);
        return reader!;
    }

    public static FileFailure FailToOpen(params string[] paths)
    {
        Assert.False(TryOpen(paths, null, null, out _, out var failure));
        return failure!;
    }

    public static FileFailure FailToMap(string path, string map)
    {
        Assert.False(TryOpen([path], map, null, out _, out var failure));
        return failure!;
    }

    public static List<FileRecord> ReadAll(IFileRecordSource source)
    {
        var records = new List<FileRecord>();
        while (source.TryRead(out var record))
            records.Add(record);
        return records;
    }

    public List<FileRecord> ReadText(string content, string name = "cards.csv", string? map = null)
    {
        using var reader = Open([Write(content, name)], map);
        var records = ReadAll(reader);
        Assert.Null(reader.Failure);
        return records;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static bool TryOpen(string[] paths, string? map, RecordReaderOptions? options, out RecordReader? reader, out FileFailure? failure)
    {
        var decoder = new TransactionDecoder();
        Assert.True(FieldMap.TryParse(map, decoder.Schema, out var fields, out var error), error);
        return RecordReader.TryOpen(paths, decoder, fields, options, out reader, out failure);
    }
}
