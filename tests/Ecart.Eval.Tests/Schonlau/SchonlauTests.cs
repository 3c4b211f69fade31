using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Ecart.Eval.Running;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Eval.Tests.Schonlau;

public sealed class SchonlauTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecart-schonlau-").FullName;

    [Fact]
    public void Run_UsersInTwoFiles_FindsTheStrangers()
    {
        Write("a.csv", Lines([1, 2]));
        using (var file = new GZipStream(File.Create(Path.Combine(folder, "b.csv.gz")), CompressionLevel.Fastest))
            file.Write(Encoding.UTF8.GetBytes(Lines([3, 10])));

        (int code, string output, string errors) = Run("--scores-out", Path.Combine(folder, "scores"));

        Assert.Equal((0, ""), (code, errors));
        JsonElement line = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.Equal((4, 40, 8), (line.GetProperty("users").GetInt32(), line.GetProperty("blocks").GetInt32(), line.GetProperty("masquerades").GetInt32()));
        Assert.InRange(line.GetProperty("auc").GetDouble(), 0.95, 1);
        string[] scores = File.ReadAllLines(Path.Combine(folder, "scores", "schonlau.csv"));
        Assert.Equal(41, scores.Length);
        Assert.StartsWith("1,50,", scores[1], StringComparison.Ordinal);
        Assert.Equal(5, File.ReadAllLines(Path.Combine(folder, "out", "schonlau.csv")).Length);
    }

    [Fact]
    public void Run_NoMasquerade_GivesNoMetric()
    {
        Write("a.csv", Lines([1, 2], isStranger: _ => false));
        (int code, string output, _) = Run();
        Assert.Equal(0, code);
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement.GetProperty("auc").ValueKind);
    }

    [Theory]
    [InlineData("user,seq,command,masquerade\n1,0,ls,0\n", "block")]
    [InlineData("user,seq,block,command,masquerade\n1,0,0,ls\n", "line 2")]
    [InlineData("user,seq,block,command,masquerade\n1,x,0,ls,0\n", "seq")]
    [InlineData("user,seq,block,command,masquerade\n1,0,0,ls,0\n1,0,0,cd,0\n", "repeats")]
    [InlineData("user,seq,block,command,masquerade\n1,0,0,ls,0\n2,0,0,ls,0\n", "User 1 has 1 commands")]
    [InlineData("user,seq,block,command,masquerade\n1,0,0,ls,0\n", "at least two")]
    public void Run_FileOfAnotherForm_NamesWhat(string text, string named)
    {
        Write("a.csv", text);
        (int code, _, string errors) = Run();
        Assert.NotEqual(0, code);
        Assert.Contains(named, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MasqueradeAmongTheCleanBlocks_IsRefused()
    {
        Write("a.csv", Lines([1, 2], isStranger: block => block == 3));
        (int code, _, string errors) = Run();
        Assert.NotEqual(0, code);
        Assert.Contains("must be clean", errors, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private (int Code, string Output, string Errors) Run(params string[] more)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        int code = EvaluationProgram.Run(["schonlau", "--data", folder, "--results", Path.Combine(folder, "out", "schonlau.csv"), .. more], output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    /// <summary>Users with a dozen commands of their own among common ones; a stranger has others.</summary>
    private static string Lines(int[] users, Func<int, bool>? isStranger = null)
    {
        isStranger ??= block => block is 54 or 55;
        var text = new StringBuilder("user,seq,block,command,masquerade\n");
        foreach (int user in users)
        {
            var random = new SeededRandom((ulong)user);
            for (int seq = 0; seq < 6000; seq++)
            {
                bool isOther = isStranger(seq / 100);
                string command = random.Chance(0.4) ? $"c{random.Next(20)}" : $"{(isOther ? "x" : $"u{user}-")}{random.Next(12)}";
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{user},{seq},{seq / 100},{command},{(isOther ? 1 : 0)}\n");
            }
        }

        return text.ToString();
    }
}
