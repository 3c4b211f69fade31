using System.Globalization;
using Ecart.Detection.Process;
using Ecart.Vectors;

namespace Ecart.Eval.Plants;

/// <summary>Scores and alarms of a monitor on the rows of a file, in their order.</summary>
/// <param name="Scores">One a row.</param>
/// <param name="Alarms">One a row.</param>
internal sealed record PlantScores(double[] Scores, bool[] Alarms)
{
    /// <summary>Runs a monitor over rows: each is scored before it is learned, and nothing after it is known.</summary>
    /// <param name="monitor">Stands before the first row.</param>
    /// <param name="rows">What to score.</param>
    /// <param name="progress">Told how far it is, 0 to 1.</param>
    public static PlantScores Of(ProcessMonitor monitor, Matrix rows, Action<double> progress)
    {
        var result = new PlantScores(new double[rows.Rows], new bool[rows.Rows]);
        for (int row = 0; row < rows.Rows; row++)
        {
            result.Scores[row] = monitor.Observe(rows.Row(row), out result.Alarms[row]);
            if ((row & 255) == 0) progress((double)row / rows.Rows);
        }

        return result;
    }

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
