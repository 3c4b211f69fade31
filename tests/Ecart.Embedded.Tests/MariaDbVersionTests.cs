using Xunit;

namespace Ecart.Embedded.Tests;

public sealed class MariaDbVersionTests
{
    [Theory]
    [InlineData("mariadbd  Ver 11.8.6-MariaDB-0+deb13u1 from Debian for debian-linux-gnu on x86_64 (Debian)", 11, 8, 6)]
    [InlineData("/opt/my 10.1.1 folder/mariadbd  Ver 11.7.2-MariaDB for Linux on aarch64", 11, 7, 2)]
    [InlineData("5.5.5-10.11.2-MariaDB-1:10.11.2+maria~ubu2204", 10, 11, 2)]
    [InlineData("12.0.1-MariaDB", 12, 0, 1)]
    public void Parse_TextOfAServer_GivesItsVersion(string text, int major, int minor, int patch) =>
        Assert.Equal(new MariaDbVersion(major, minor, patch), MariaDbVersion.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("mysqld  Ver 8.0.36 for Linux on x86_64 (MySQL Community Server - GPL)")]
    [InlineData("11.8-MariaDB")]
    public void Parse_OtherText_GivesNull(string text) => Assert.Null(MariaDbVersion.Parse(text));

    [Theory]
    [InlineData(10, 11, 99, false)]
    [InlineData(11, 6, 2, false)]
    [InlineData(11, 7, 0, true)]
    [InlineData(11, 10, 1, true)]
    [InlineData(12, 0, 0, true)]
    public void HasVectors_Version_IsTrueFrom11Dot7(int major, int minor, int patch, bool expected) =>
        Assert.Equal(expected, new MariaDbVersion(major, minor, patch).HasVectors);
}
