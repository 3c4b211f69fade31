using System.Text.Json;
using Ecart.Eval.Running;
using Xunit;

namespace Ecart.Eval.Tests.UserSimulator;

public sealed class UserSimulatorTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecart-users-").FullName;

    [Fact]
    public void Run_SmallCompany_FindsItsThreats()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        int code = EvaluationProgram.Run(["user_simulator", "--users", "60", "--seed", "7", "--results", Path.Combine(folder, "r.csv")], output, errors);

        Assert.Equal((0, ""), (code, errors.ToString()));
        JsonElement line = JsonDocument.Parse(output.ToString().TrimEnd().Split('\n')[^1]).RootElement;
        Assert.InRange(line.GetProperty("auc").GetDouble(), 0.95, 1);
        Assert.InRange(line.GetProperty("incidents_found").GetDouble(), 0.85, 1);
        Assert.InRange(line.GetProperty("false_alarm_days_per_thousand").GetDouble(), 0, 40);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
