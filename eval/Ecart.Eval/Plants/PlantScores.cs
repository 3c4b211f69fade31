using System.Globalization;

namespace Ecart.Eval.Plants;

/// <summary>Scores and alarms of the rows of a file, in their order.</summary>
/// <param name="Scores">One a row.</param>
/// <param name="Alarms">One a row.</param>
internal sealed record PlantScores(double[] Scores, bool[] Alarms)
{
    /// <summary>Writes one line a row.</summary>
    public void Write(string path, DateTime[]? times, bool[] isAnomaly)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        writer.WriteLine("row,datetime,score,alarm,anomaly");
        for (int row = 0; row < Scores.Length; row++)
        {
            string time = times is null ? "" : times[row].ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row},{time},{Scores[row]:F6},{(Alarms[row] ? 1 : 0)},{(isAnomaly[row] ? 1 : 0)}"));
        }
    }
}
