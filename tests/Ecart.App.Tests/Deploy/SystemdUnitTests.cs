using Ecart.App.Serve;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Deploy;

/// <summary>deploy/systemd/ecart.service by systemd's own checks.</summary>
public sealed class SystemdUnitTests : IDisposable
{
    private const string Program = "/usr/local/bin/ecart";
    private readonly TestFolder folder = TestFolder.Create("systemd");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Unit_Verified_HasNothingToBeTold()
    {
        (int code, string said) = await AnalyzeAsync("verify", "--man=no");

        Assert.True(code == 0 && said.Length == 0, said);
    }

    /// <summary>Exposure of 0 (none) to 100, in tenths of what systemd prints; a service without any hardening has 96.</summary>
    [Fact]
    public async Task Unit_Exposure_IsSmall()
    {
        (int code, string said) = await AnalyzeAsync("security", "--offline=true", "--threshold=20", "--no-pager");

        Assert.True(code == 0, said);
    }

    [Fact]
    public void Settings_BesideIt_AreRead()
    {
        string unit = DeployFile.ReadText("systemd/ecart.service");
        ServeOptions options = ServeConfiguration.Read(Path.Combine(DeployFile.Folder, "systemd/ecart.yaml"), []);

        Assert.Contains($"ExecStart={Program} serve --config /etc/ecart/ecart.yaml\n", unit, StringComparison.Ordinal);
        Assert.Equal(LogForm.Json, options.Log);
    }

    /// <summary>The program itself need not be installed here: another stands in for it.</summary>
    private async Task<(int Code, string Said)> AnalyzeAsync(string verb, params string[] options)
    {
        string? analyze = DeployFile.FindProgram("systemd-analyze");
        Require.Data(analyze is not null, "systemd-analyze", "install Debian's package systemd.");
        string unit = Path.Combine(folder.Path, "ecart.service");
        await File.WriteAllTextAsync(
            unit, DeployFile.ReadText("systemd/ecart.service").Replace(Program, "/bin/true", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        return await DeployFile.RunAsync(analyze!, folder.Path, TestContext.Current.CancellationToken, [verb, .. options, unit]);
    }
}
