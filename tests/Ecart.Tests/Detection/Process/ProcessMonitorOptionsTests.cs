using Ecart.Detection.Process;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Detection.Process;

public sealed class ProcessMonitorOptionsTests
{
    public static TheoryData<string, ProcessMonitorOptions> OutOfRange => new()
    {
        { "season", new ProcessMonitorOptions { Season = -1 } },
        { "window", new ProcessMonitorOptions { Window = 0 } },
        { "hold", new ProcessMonitorOptions { Hold = 0 } },
        { "minimum_threshold", new ProcessMonitorOptions { MinimumThreshold = double.NaN } },
        { "training_quantile", new ProcessMonitorOptions { TrainingQuantile = 1.1 } },
        { "safety_factor", new ProcessMonitorOptions { SafetyFactor = 0.9 } },
        { "release", new ProcessMonitorOptions { Release = -0.1 } },
        { "accuracy", new ProcessMonitorOptions { Accuracy = 0.6 } },
        { "ridge", new ProcessMonitorOptions { Ridge = 0 } },
        { "maximum_inputs", new ProcessMonitorOptions { MaximumInputs = 0 } },
        { "blocks", new ProcessMonitorOptions { Blocks = 1 } },
        { "adaptation", new ProcessMonitorOptions { Adaptation = 0.001 } },
    };

    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void Fit_OptionOutOfRange_NamesIt(string setting, ProcessMonitorOptions options)
    {
        var error = Assert.Throws<OptionsException>(() => MadeUpPlant.Fit(MadeUpPlant.Rows(50, 3), options));

        Assert.Contains($"'{setting}'", error.Message, StringComparison.Ordinal);
    }
}
