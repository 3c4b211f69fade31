using Ecart.Embedded.Provisioning;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Embedded.Tests.Provisioning;

public sealed class MariaDbProvisionerTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("cache");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task EnsureAsync_SharedCache_GivesAServerProgramThatRuns()
    {
        Require.Part(File.Exists("/usr/bin/apt-get"), "apt-get", "a Debian userland");
        var provisioner = new MariaDbProvisioner(DefaultFolders.Cache(), AptHost.System());

        var installation = await provisioner.EnsureAsync(null, TestContext.Current.CancellationToken);

        Assert.Equal((11, 8), (installation.Version.Major, installation.Version.Minor));
    }

    [Fact]
    public async Task EnsureAsync_ProvisionedBefore_NeedsNoApt()
    {
        Require.Part(File.Exists("/usr/bin/apt-get"), "apt-get", "a Debian userland");
        var cancellation = TestContext.Current.CancellationToken;
        await new MariaDbProvisioner(DefaultFolders.Cache(), AptHost.System()).EnsureAsync(null, cancellation);

        var withoutApt = AptHost.System() with { ProgramFolders = [] };
        var reports = new List<string>();
        await new MariaDbProvisioner(DefaultFolders.Cache(), withoutApt).EnsureAsync(new ListProgress(reports), cancellation);

        Assert.Empty(reports);
    }

    [Fact]
    public async Task EnsureAsync_EmptyCacheTwiceAtOnceAfterABrokenRun_FetchesOnceAndBothRun()
    {
        Require.LongRun();
        var cancellation = TestContext.Current.CancellationToken;
        Directory.CreateDirectory(Path.Combine(folder.Path, "mariadb.unfinished", "usr"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "mariadb.apt", "cache", "archives", "partial"));
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "mariadb.apt", "cache", "archives", "mariadb-server-core_1%3a11.8.0-1_amd64.deb"), "half a package", cancellation);
        var reports = new List<string>();

        var installations = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ =>
            new MariaDbProvisioner(folder.Path, AptHost.System()).EnsureAsync(new ListProgress(reports), cancellation)));

        Assert.All(installations, installation => Assert.True(installation.Version.HasVectors));
        Assert.Single(reports, report => report.StartsWith("Unpacking", StringComparison.Ordinal));
        Assert.Single(reports, report => report.StartsWith("Another process", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "mariadb.unfinished")));
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "mariadb.apt")));
    }
}
