using System.Runtime.InteropServices;
using Ecart.Embedded.Provisioning;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Embedded.Tests;

public sealed class MariaDbLocatorTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("locator");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task FindAsync_RecentServerOnPath_IsUsed()
    {
        var program = FakeServer("recent", "11.8.2-MariaDB");

        var found = await Locator(Host(), Path.GetDirectoryName(program)!).FindAsync(null, TestContext.Current.CancellationToken);

        Assert.Equal([program], found.Command);
        Assert.Equal(new MariaDbVersion(11, 8, 2), found.Version);
        Assert.Equal(Path.Combine(folder.Path, "recent", "share/mariadb"), found.ShareFolder);
    }

    [Fact]
    public async Task FindAsync_LinkToAServer_UsesTheFoldersOfItsTarget()
    {
        var program = FakeServer("recent", "11.8.2-MariaDB");
        var links = Directory.CreateDirectory(Path.Combine(folder.Path, "links")).FullName;
        File.CreateSymbolicLink(Path.Combine(links, "mariadbd"), program);

        var found = await Locator(Host(), links).FindAsync(null, TestContext.Current.CancellationToken);

        Assert.Equal(Path.Combine(folder.Path, "recent"), found.BaseFolder);
    }

    [Fact]
    public async Task FindAsync_TooOldServerFirst_IsPassedOver()
    {
        var old = FakeServer("old", "10.11.6-MariaDB");
        var recent = FakeServer("recent", "12.0.1-MariaDB");
        var reports = new List<string>();

        var found = await Locator(Host(), Path.GetDirectoryName(old)!, Path.GetDirectoryName(recent)!)
            .FindAsync(new ListProgress(reports), TestContext.Current.CancellationToken);

        Assert.Equal([recent], found.Command);
        Assert.Contains(reports, report => report.Contains(old, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("echo mysqld Ver 8.0.36")]
    [InlineData("exit 3")]
    public async Task FindAsync_ProgramThatIsNoMariaDb_IsPassedOver(string script)
    {
        var other = FakeProgram("other", script);
        var recent = FakeServer("recent", "11.7.2-MariaDB");

        var found = await Locator(Host(), Path.GetDirectoryName(other)!, Path.GetDirectoryName(recent)!)
            .FindAsync(null, TestContext.Current.CancellationToken);

        Assert.Equal([recent], found.Command);
    }

    [Fact]
    public async Task FindAsync_NoServerAndNoApt_NamesWhatIsMissingAndEveryRemedy()
    {
        var error = await FailureAsync(Host() with { ProgramFolders = [folder.Path] });

        Assert.Contains("apt-get and dpkg", error, StringComparison.Ordinal);
        Assert.Contains("Install MariaDB 11.7", error, StringComparison.Ordinal);
        Assert.Contains("ECART_MARIADB", error, StringComparison.Ordinal);
        Assert.Contains("docker compose -f deploy/compose.yaml up -d", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindAsync_NoDebianKeys_NamesTheirPackage() =>
        Assert.Contains("debian-archive-keyring", await FailureAsync(Host() with { KeyringFolder = folder.Path }), StringComparison.Ordinal);

    [Fact]
    public async Task FindAsync_NoDebianMirror_NamesTheVariable()
    {
        File.WriteAllText(Path.Combine(folder.Path, "sources.list"), "deb http://mirror.test/ubuntu noble main\n");

        var error = await FailureAsync(Host() with { MirrorOverride = null });

        Assert.Contains("ECART_DEBIAN_MIRROR", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindAsync_OtherArchitecture_SaysSo() =>
        Assert.Contains("S390x", await FailureAsync(Host() with { Architecture = Architecture.S390x }), StringComparison.Ordinal);

    [Fact]
    public async Task FindAsync_MirrorDoesNotAnswer_TellsWhatAptSaidAndEveryRemedy()
    {
        Require.Part(File.Exists("/usr/bin/apt-get"), "apt-get", "a Debian userland");
        var host = AptHost.System() with
        {
            MirrorOverride = $"file:{folder.Path}/nowhere",
            KeyringFolder = FakeKeys(),
        };

        var error = await FailureAsync(host);

        Assert.Contains("nowhere", error, StringComparison.Ordinal);
        Assert.Contains("E: ", error, StringComparison.Ordinal);
        Assert.Contains("ECART_MARIADB", error, StringComparison.Ordinal);
    }

    private async Task<string> FailureAsync(AptHost host) =>
        (await Assert.ThrowsAsync<EmbeddedMariaDbException>(
            () => Locator(host).FindAsync(null, TestContext.Current.CancellationToken))).Message;

    private MariaDbLocator Locator(AptHost host, params string[] programFolders) =>
        new(Path.Combine(folder.Path, "cache"), programFolders, host);

    /// <summary>A host that has everything but is never asked: its programs do nothing.</summary>
    private AptHost Host()
    {
        FakeProgram("host", "exit 1", "apt-get");
        FakeProgram("host", "exit 1", "dpkg");
        return new AptHost(
            [Path.Combine(folder.Path, "host", "sbin")], folder.Path, FakeKeys(), "http://mirror.test/debian", Architecture.X64);
    }

    private string FakeKeys()
    {
        var keys = Directory.CreateDirectory(Path.Combine(folder.Path, "keys")).FullName;
        File.WriteAllText(Path.Combine(keys, "debian-archive-keyring.gpg"), "");
        return keys;
    }

    private string FakeServer(string name, string version)
    {
        var share = Directory.CreateDirectory(Path.Combine(folder.Path, name, "share/mariadb")).FullName;
        foreach (var script in MariaDbInstallation.SystemTableScripts) File.WriteAllText(Path.Combine(share, script), "");
        return FakeProgram(name, $"echo 'mariadbd  Ver {version} for Linux on x86_64'");
    }

    private string FakeProgram(string name, string script, string program = "mariadbd")
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, name, "sbin")).FullName, program);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
