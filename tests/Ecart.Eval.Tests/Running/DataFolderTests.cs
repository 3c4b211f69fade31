using Ecart.Eval.Running;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Eval.Tests.Running;

public sealed class DataFolderTests
{
    [Fact]
    public void Find_FolderOfSetsOrSetItself_GivesSet()
    {
        using var folder = TestFolder.Create("data");
        string set = Directory.CreateDirectory(Path.Combine(folder.Path, "some_set")).FullName;

        Assert.Equal(set, DataFolder.Find(folder.Path, "some_set", _ => false));
        Assert.Equal(set, DataFolder.Find(set, "some_set", path => path == set));
    }

    [Fact]
    public void Find_NoSet_NamesFolderAndRemedy()
    {
        using var folder = TestFolder.Create("data");

        var error = Assert.Throws<EvaluationException>(() => DataFolder.Find(folder.Path, "some_set", _ => false));

        Assert.Equal(EvaluationProgram.UsageError, error.ExitCode);
        Assert.Contains(folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("ECART_DATA", error.Message, StringComparison.Ordinal);
    }
}
