using System.Runtime.InteropServices;
using Ecart.Embedded.Provisioning;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Embedded.Tests.Provisioning;

public sealed class PrivateAptTests
{
    [Fact]
    public async Task DownloadAsync_SystemConfiguration_KeepsItsProxyAndDropsItsHooks()
    {
        Require.Part(File.Exists("/usr/bin/apt-config"), "apt-config", "a Debian userland");
        using var folder = TestFolder.Create("apt");
        var parts = Directory.CreateDirectory(Path.Combine(folder.Path, "etc", "apt.conf.d")).FullName;
        await File.WriteAllTextAsync(Path.Combine(parts, "50site"), """
            Acquire::http::Proxy "http://proxy.test:3128";
            Dir::State "/somewhere/else";
            APT::Update::Post-Invoke { "touch /hook"; };
            DPkg::Post-Invoke { "touch /hook"; };
            """, TestContext.Current.CancellationToken);
        // In apt-get's place: writes down the configuration it would have run with, and fails, which ends the run.
        var dump = Path.Combine(folder.Path, "dump");
        var aptGet = Path.Combine(folder.Path, "apt-get");
        await File.WriteAllTextAsync(aptGet, $"#!/bin/sh\napt-config dump > {dump}\nexit 1\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(aptGet, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var plan = new AptPlan(
            aptGet, "dpkg", Path.Combine(folder.Path, "etc"), "keys.gpg", "http://mirror.test/debian", DebianArchitecture.Find(Architecture.Arm64)!);
        var privateFolder = Path.Combine(folder.Path, "private");
        Directory.CreateDirectory(privateFolder);

        await Assert.ThrowsAsync<EmbeddedMariaDbException>(() => new PrivateApt(plan, MariaDbProvisioner.Packages, privateFolder, Path.Combine(folder.Path, "log"))
            .DownloadAsync(null, TestContext.Current.CancellationToken));

        var configuration = await File.ReadAllTextAsync(dump, TestContext.Current.CancellationToken);
        Assert.Contains("Acquire::http::Proxy \"http://proxy.test:3128\"", configuration, StringComparison.Ordinal);
        Assert.Contains($"Dir::State \"{privateFolder}/state\"", configuration, StringComparison.Ordinal);
        Assert.Contains("APT::Architecture \"arm64\"", configuration, StringComparison.Ordinal);
        Assert.DoesNotContain("/hook", configuration, StringComparison.Ordinal);
    }
}
