using Xunit;

namespace Ecart.Embedded.Tests;

public sealed class DefaultFoldersTests
{
    private static readonly string Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    [Fact]
    public void Data_OwnVariable_WinsOverXdg() =>
        Assert.Equal("/own/mariadb", DefaultFolders.Data(Variables(("ECART_HOME", "/own"), ("XDG_DATA_HOME", "/xdg"))));

    [Fact]
    public void Data_XdgVariable_IsUsed() =>
        Assert.Equal("/xdg/ecart/mariadb", DefaultFolders.Data(Variables(("XDG_DATA_HOME", "/xdg"))));

    [Fact]
    public void Data_RelativeXdgVariable_IsIgnored() =>
        Assert.Equal($"{Home}/.local/share/ecart/mariadb", DefaultFolders.Data(Variables(("XDG_DATA_HOME", "relative"))));

    [Fact]
    public void Cache_OwnVariable_WinsOverXdg() =>
        Assert.Equal("/own", DefaultFolders.Cache(Variables(("ECART_CACHE", "/own"), ("XDG_CACHE_HOME", "/xdg"))));

    [Fact]
    public void Cache_NoVariable_IsBelowHome() => Assert.Equal($"{Home}/.cache/ecart", DefaultFolders.Cache(Variables()));

    private static Func<string, string?> Variables(params (string Name, string Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;
}
