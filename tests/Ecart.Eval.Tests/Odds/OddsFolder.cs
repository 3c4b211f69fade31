using System.Globalization;
using System.IO.Compression;
using System.Text;
using Ecart.Numerics;
using Ecart.TestKit;

namespace Ecart.Eval.Tests.Odds;

/// <summary>Two small sets in the form of odds: 120 rows of 4 columns, one in ten far out; the second uncompressed and without published figures.</summary>
internal sealed class OddsFolder : IDisposable
{
    public const int Rows = 120;

    private readonly TestFolder folder = TestFolder.Create("odds");

    public OddsFolder()
    {
        using (var stream = new GZipStream(File.Create(PathOf("first.csv.gz")), CompressionLevel.Fastest)) stream.Write(Encoding.UTF8.GetBytes(Table(1)));
        File.WriteAllText(PathOf("second.csv"), Table(2));
        File.WriteAllText(PathOf("splits_60_40_2trials.csv"), $"dataset,trial,test_mask\nfirst,0,{Mask(0)}\nfirst,1,{Mask(1)}\nsecond,0,{Mask(2)}\nabsent,0,01\n");
        File.WriteAllText(PathOf("published_roc.csv"), "Data,#Samples,# Dimensions,Outlier Perc,KNN,LOF\nfirst,120,4,10,0.9,0.8\n");
        File.WriteAllText(PathOf("published_precision_at_n.csv"), "Data,#Samples,# Dimensions,Outlier Perc,KNN,LOF\nfirst,120,4,10,0.7,0.6\n");
    }

    public string Folder => folder.Path;

    public string PathOf(string name) => Path.Combine(folder.Path, name);

    public void Dispose() => folder.Dispose();

    private static string Table(ulong seed)
    {
        var random = new SeededRandom(seed);
        var text = new StringBuilder("x0,x1,x2,x3,label\n");
        for (int row = 0; row < Rows; row++)
        {
            bool isOutlier = row % 10 == 0;
            for (int column = 0; column < 4; column++)
                text.Append(CultureInfo.InvariantCulture, $"{(random.NextNormal() * (isOutlier ? 6 : 1)) + (100 * column):R},");
            text.Append(isOutlier ? "1\n" : "0\n");
        }

        return text.ToString();
    }

    private static string Mask(int trial) => string.Concat(Enumerable.Range(0, Rows).Select(row => ((row / 10) + row + trial) % 5 < 2 ? '1' : '0'));
}
