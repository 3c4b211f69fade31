using Ecart.App.Tests.Programs;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

public sealed class MigrateCommandTests
{
    [Fact]
    public async Task Migrate_DryRunThenForReal_TellsThenDoes()
    {
        using TestFolder folder = TestFolder.Create("migrate");
        CancellationToken cancellation = TestContext.Current.CancellationToken;

        ProgramResult told = await EcartProcess.RunAsync(folder.Path, cancellation, "migrate", "--dry-run");
        ProgramResult done = await EcartProcess.RunAsync(folder.Path, cancellation, "migrate");
        ProgramResult again = await EcartProcess.RunAsync(folder.Path, cancellation, "migrate", "--dry-run");

        Assert.True(told.Code == 0, told.Everything);
        Assert.Contains("0001_log.sql", told.Output, StringComparison.Ordinal);
        Assert.Contains("would be applied", told.Output, StringComparison.Ordinal);
        Assert.True(done.Code == 0, done.Everything);
        Assert.Contains("migrations applied", done.Output, StringComparison.Ordinal);
        Assert.Contains("is up to date", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuration_ChangedAndBack_IsVersioned()
    {
        using TestFolder folder = TestFolder.Create("configuration");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string file = Path.Combine(folder.Path, "settings.json");

        ProgramResult shown = await EcartProcess.RunAsync(folder.Path, cancellation, "configuration", "show");
        File.WriteAllText(file, shown.Output.Replace("\"prior_hourly_rate\": 0.25", "\"prior_hourly_rate\": 0.5", StringComparison.Ordinal));
        ProgramResult applied = await EcartProcess.RunAsync(folder.Path, cancellation, "configuration", "apply", file, "--reason", "trial");
        ProgramResult changed = await EcartProcess.RunAsync(folder.Path, cancellation, "configuration", "show");
        ProgramResult back = await EcartProcess.RunAsync(folder.Path, cancellation, "configuration", "activate", "1", "--reason", "back");
        ProgramResult restored = await EcartProcess.RunAsync(folder.Path, cancellation, "configuration", "show");
        File.WriteAllText(file, """{"velocity": {"rare": 7}}""");
        ProgramResult wrong = await EcartProcess.RunAsync(folder.Path, cancellation, "configuration", "apply", file, "--reason", "wrong");

        Assert.True(applied.Code == 0, applied.Everything);
        Assert.Contains("\"prior_hourly_rate\": 0.5", changed.Output, StringComparison.Ordinal);
        Assert.True(back.Code == 0, back.Everything);
        Assert.Equal(shown.Output, restored.Output);
        Assert.Equal(2, wrong.Code);
        Assert.Contains("velocity.rare", wrong.Errors, StringComparison.Ordinal);
    }
}
