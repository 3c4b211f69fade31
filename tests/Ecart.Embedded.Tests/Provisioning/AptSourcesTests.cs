using Ecart.Embedded.Provisioning;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Embedded.Tests.Provisioning;

public sealed class AptSourcesTests
{
    [Fact]
    public void ParseOneLine_OptionsAndComments_GivesAddressSuiteAndComponents()
    {
        var sources = AptSources.ParseOneLine("""
            # deb http://commented.test/debian bookworm main
            deb-src http://mirror.test/debian bookworm main
            deb [arch=amd64 signed-by=/usr/share/keyrings/a.gpg]  http://mirror.test/debian bookworm main contrib # why
            deb	http://tabs.test/debian	trixie	main
            deb [broken http://nowhere.test x y
            """).ToArray();

        Assert.Equal(2, sources.Length);
        Assert.Equal(("http://mirror.test/debian", "bookworm"), (sources[0].Address, sources[0].Suite));
        Assert.Equal(["main", "contrib"], sources[0].Components);
        Assert.Equal("http://tabs.test/debian", sources[1].Address);
    }

    [Fact]
    public void ParseDeb822_SeveralStanzas_GivesEveryEnabledPair()
    {
        var sources = AptSources.ParseDeb822("""
            Types: deb deb-src
            # a comment within the stanza
            URIs: http://mirror.test/debian
            Suites: bookworm
             bookworm-updates
            Components: main
            Signed-By:
             -----BEGIN PGP PUBLIC KEY BLOCK-----
             .
             mQINBF...

            Types: deb
            URIs: http://off.test/debian
            Suites: sid
            Components: main
            Enabled: no

            Types: deb-src
            URIs: http://source.test/debian
            Suites: sid
            Components: main
            """);

        Assert.Equal(
            [("http://mirror.test/debian", "bookworm"), ("http://mirror.test/debian", "bookworm-updates")],
            sources.Select(source => (source.Address, source.Suite)));
    }

    [Fact]
    public void DebianMirror_OtherRepositoriesFirst_PicksTheDebianOne()
    {
        using var folder = TestFolder.Create("apt");
        var parts = Directory.CreateDirectory(Path.Combine(folder.Path, "sources.list.d")).FullName;
        File.WriteAllText(Path.Combine(parts, "a.list"), "deb https://vendor.test/apt tools main\n");
        File.WriteAllText(Path.Combine(parts, "b.sources"),
            "Types: deb\nURIs: http://mirror.test/debian-security\nSuites: bookworm-security\nComponents: main\n\n" +
            "Types: deb\nURIs: http://mirror.test/debian\nSuites: bookworm\nComponents: main\n");
        File.WriteAllText(Path.Combine(parts, "c.list.save"), "deb http://old.test/debian bookworm main\n");

        Assert.Equal("http://mirror.test/debian", AptSources.DebianMirror(AptSources.Read(folder.Path)));
    }

    [Fact]
    public void DebianMirror_UbuntuSources_IsNull()
    {
        var sources = AptSources.ParseOneLine("deb http://mirror.test/ubuntu noble main universe");

        Assert.Null(AptSources.DebianMirror(sources));
    }

    [Fact]
    public void ParseSizes_PrintedAddresses_GivesTheirSum() =>
        Assert.Equal(49432 + 2846580, PrivateApt.ParseSizes("""
            'http://mirror.test/pool/g/gcc-14-base_14.2.0-19_amd64.deb' gcc-14-base_14.2.0-19_amd64.deb 49432 SHA256:ab
            'http://mirror.test/pool/l/libc6_2.41_amd64.deb' libc6_2.41_amd64.deb 2846580 SHA256:cd
            """));
}
