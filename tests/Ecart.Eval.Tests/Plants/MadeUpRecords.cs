using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Ecart.Eval.Tests.Plants;

/// <summary>Writes records of a plant whose second signal is twice the first, but not in some rows.</summary>
internal static class MadeUpRecords
{
    /// <param name="path">Compressed when it ends with <c>.gz</c>.</param>
    /// <param name="separator">Between cells.</param>
    /// <param name="label">Name of the last column.</param>
    /// <param name="step">Between rows.</param>
    /// <param name="rows">How many.</param>
    /// <param name="anomalies">First rows and lengths of what is not normal.</param>
    public static void Write(string path, char separator, string label, TimeSpan step, int rows, params (int First, int Length)[] anomalies)
    {
        var random = new Random(rows);
        var text = new StringBuilder($"datetime,flow,pressure,level,{label}\n".Replace(',', separator));
        var time = new DateTime(2020, 1, 6);
        for (int row = 0; row < rows; row++, time += step)
        {
            bool isAnomaly = anomalies.Any(anomaly => row >= anomaly.First && row < anomaly.First + anomaly.Length);
            double flow = 10 + (2 * Math.Sin(time.Hour * Math.PI / 12)) + random.NextDouble();
            double pressure = (isAnomaly ? 1.2 : 2) * flow;
            text.Append(string.Join(
                separator,
                time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                flow.ToString("F4", CultureInfo.InvariantCulture),
                (pressure + (0.1 * random.NextDouble())).ToString("F4", CultureInfo.InvariantCulture),
                (5 + random.NextDouble()).ToString("F4", CultureInfo.InvariantCulture),
                isAnomaly ? "1" : "0")).Append('\n');
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.Create(path), CompressionLevel.Fastest) : File.Create(path);
        stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
