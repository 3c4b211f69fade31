using System.Text.Json;
using Ecart.Eval.Running;
using Xunit;

namespace Ecart.Eval.Tests.Calibration;

public sealed class CalibrationEvaluationTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecart-calibration-").FullName;

    [Fact]
    public void Run_SmallWorlds_LowersFalseAlertsAndKeepsTrueOnes()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string file = Path.Combine(folder, "r.csv");

        int code = EvaluationProgram.Run(["calibration", "--seeds", "1", "--scale", "0.3", "--results", file], output, errors);

        Assert.Equal((0, ""), (code, errors.ToString()));
        JsonElement line = JsonDocument.Parse(output.ToString().TrimEnd().Split('\n')[^1]).RootElement;
        Assert.Equal(2, line.GetProperty("runs").GetInt32());
        Assert.InRange(line.GetProperty("true_alerts_kept").GetDouble(), 0.9, 1.05);
        Assert.InRange(line.GetProperty("false_alerts_kept").GetDouble(), 0, 1);
        Assert.Equal(3, File.ReadAllLines(file).Length);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
