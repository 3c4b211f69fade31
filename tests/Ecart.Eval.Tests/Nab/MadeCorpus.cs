using System.IO.Compression;
using System.Text;
using Ecart.TestKit;

namespace Ecart.Eval.Tests.Nab;

/// <summary>A small corpus of the benchmark's form: two folders, one stream packed, one plain, each with a burst in its window.</summary>
internal sealed class MadeCorpus : IDisposable
{
    public const int Points = 1200;
    public const string Packed = "real/load.csv";
    public const string Plain = "artificial/noise.csv";
    private readonly TestFolder folder = TestFolder.Create("nab");

    public MadeCorpus()
    {
        Write(Packed + ".gz", Stream(1, 700));
        Write(Plain, Stream(2, 900));
        File.WriteAllText(Path.Combine(Folder, "combined_windows.json"), $$"""
            {"{{Packed}}": [["{{Time(680)}}.000000", "{{Time(760)}}.000000"]], "{{Plain}}": [["{{Time(880)}}.000000", "{{Time(960)}}.000000"]], "other/absent.csv": []}
            """);
    }

    public string Folder => folder.Path;

    public string PathOf(string name) => Path.Combine(Folder, "data", name);

    public static string Time(int point) => MadeStream.Start.AddMinutes(5 * point).ToString("yyyy-MM-dd HH:mm:ss");

    public void Dispose() => folder.Dispose();

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        using Stream file = File.Create(PathOf(name));
        using Stream stream = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string Stream(int seed, int burst)
    {
        var random = new Random(seed);
        var text = new StringBuilder("timestamp,value\n");
        for (int i = 0; i < Points; i++)
            text.Append(Time(i)).Append(',').Append((10 + random.NextDouble() + (i >= burst && i < burst + 10 ? 25 : 0)).ToString("0.000")).Append('\n');
        return text.ToString();
    }
}
