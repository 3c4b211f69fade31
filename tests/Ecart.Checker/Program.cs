using Ecart.Checker;

return await CheckerProgram.RunAsync(args);
