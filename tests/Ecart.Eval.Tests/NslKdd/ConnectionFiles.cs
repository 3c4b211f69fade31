using System.Globalization;
using System.IO.Compression;
using System.Text;
using Ecart.Numerics;
using Ecart.TestKit;

namespace Ecart.Eval.Tests.NslKdd;

/// <summary>A small set in the form of nsl_kdd: 500 connections, a quarter attacks.</summary>
internal sealed class ConnectionFiles : IDisposable
{
    public const int Records = 500;

    private readonly TestFolder folder = TestFolder.Create("connections");

    public ConnectionFiles()
    {
        using var stream = new GZipStream(File.Create(PathOf("KDDTrain+_20Percent.csv.gz")), CompressionLevel.Fastest);
        stream.Write(Encoding.UTF8.GetBytes("duration,protocol_type,src_bytes,rate,label,difficulty,category\n" + Lines(1, "scan", ",probe")));
    }

    public string Folder => folder.Path;

    public string PathOf(string name) => Path.Combine(folder.Path, name);

    /// <summary>As first published: no header, no category, an attack and a protocol that training does not have.</summary>
    public void WriteTest() => File.WriteAllText(PathOf("KDDTest+.txt"), Lines(2, "novel", "").Replace("icmp", "gre", StringComparison.Ordinal));

    public void Dispose() => folder.Dispose();

    private static string Lines(ulong seed, string attack, string category)
    {
        var random = new SeededRandom(seed);
        var text = new StringBuilder();
        for (int record = 0; record < Records; record++)
        {
            bool isAttack = record % 4 == 0;
            string protocol = isAttack ? "icmp" : record % 3 == 0 ? "udp" : "tcp";
            int bytes = (int)random.NextLogNormal(isAttack ? 5 : 2000, 0.5);
            text.Append(CultureInfo.InvariantCulture, $"{record % 7},{protocol},{bytes},{random.NextDouble():0.00},{(isAttack ? attack : "normal")},21")
                .Append(category.Length == 0 ? "" : isAttack ? category : ",normal")
                .Append('\n');
        }

        return text.ToString();
    }
}
